package dev.tributary.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.job.Every;
import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import dev.tributary.job.Grid;
import dev.tributary.job.JobName;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/** The grid a job was first run with. */
record GridBook(Records records, LedgerKeys keys, JobName job) {

  Optional<Grid> recorded() throws Failure {
    return records.read(keys.grid(), GridBook::read);
  }

  Grid record(Grid wanted) throws Failure {
    Optional<Grid> recorded = recorded();
    if (recorded.isEmpty()) {
      if (records.create(keys.grid(), write(wanted))) {
        return wanted;
      }
      recorded = recorded();
    }
    Grid grid =
        recorded.orElseThrow(
            () ->
                new Failure(
                    Kind.TRY_AGAIN,
                    "cannot run '" + job + "': its grid came and went; run it again"));
    if (!grid.every().equals(wanted.every()) || !grid.zone().equals(wanted.zone())) {
      throw new Failure(
          Kind.CONFIGURATION,
          "cannot run '"
              + job
              + "': its windows are "
              + text(grid)
              + " since "
              + grid.recorded()
              + ", and the definition says "
              + text(wanted)
              + "; go back to the first, or give the job a new name, with the end of the old one's"
              + " last window as its start");
    }
    return grid;
  }

  private static String text(Grid grid) {
    return grid.every() + " in zone '" + grid.zone() + "'";
  }

  private ObjectNode write(Grid grid) {
    return Records.begin()
        .put("job", job.value())
        .put("every", grid.every().toString())
        .put("zone", grid.zone().getId())
        .put("start", grid.start().toString())
        .put("recorded", grid.recorded().toString());
  }

  private static Grid read(Fields record) throws UnreadableRecord {
    return new Grid(
        every(record.text("every")),
        zone(record.text("zone")),
        record.instant("start"),
        record.instant("recorded"));
  }

  private static Every every(String text) throws UnreadableRecord {
    for (Every.Calendar calendar : Every.Calendar.values()) {
      if (calendar.toString().equals(text)) {
        return calendar;
      }
    }
    try {
      Duration length = Duration.parse("PT" + text);
      if (Every.Fixed.fits(length)) {
        return new Every.Fixed(length);
      }
    } catch (DateTimeException e) {
      throw new UnreadableRecord("its 'every' is '" + text + "'", e);
    }
    throw new UnreadableRecord("its 'every' is '" + text + "'");
  }

  private static ZoneId zone(String text) throws UnreadableRecord {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new UnreadableRecord("its 'zone' is '" + text + "', which is not known here", e);
    }
  }
}
