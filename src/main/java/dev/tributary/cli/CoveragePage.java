package dev.tributary.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.job.Every;
import dev.tributary.job.Job;
import dev.tributary.plan.Coverage;
import dev.tributary.plan.Coverage.State;
import dev.tributary.plan.CoverageCells;
import dev.tributary.plan.CoverageCells.Cell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Coverage as one page that needs nothing but itself: a calendar for each job, by days or what fits
 * its windows; of short windows each day opens. Half a million windows take a few kilobytes, for
 * neighbours in one state are written as a count and a letter.
 */
final class CoveragePage {

  private static final String TEMPLATE = "coverage.html";

  /** More spans than that are left to {@code --json}. */
  private static final int MOST_NOTES = 500;

  private final List<Map<String, Object>> jobs = new ArrayList<>();
  private final Instant now;

  /** A page without jobs. */
  CoveragePage(Instant now) {
    this.now = now;
  }

  /** A span that asks for attention, and why it is as it is. */
  record Note(Coverage.Range range, String reason) {}

  /** Adds a job; its notes in the order in which they are to be read. */
  void add(Job job, List<Coverage.Range> ranges, List<Note> notes) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", job.name().value());
    document.put("every", job.windowing().map(each -> each.every().toString()).orElse(""));
    document.put("zone", job.zone().getId());
    document.put("unit", CoverageCells.unit(job).name().toLowerCase(Locale.ROOT));
    document.put("counts", text(CoverageCalendar.counts(ranges)));
    long length =
        job.windowing()
            .filter(each -> each.every() instanceof Every.Fixed)
            .map(each -> ((Every.Fixed) each.every()).length().toSeconds())
            .orElse(0L);
    document.put("length", length);
    document.put("start", ranges.isEmpty() ? 0 : ranges.get(0).from().getEpochSecond());
    document.put("windows", ranges.stream().mapToInt(Coverage.Range::windows).sum());
    document.put("runs", length == 0 ? "" : runs(ranges));
    document.put("cells", cells(CoverageCells.of(job, ranges)));
    document.put("noted", notes.size());
    document.put(
        "notes",
        notes.subList(0, Math.min(MOST_NOTES, notes.size())).stream()
            .map(CoveragePage::note)
            .toList());
    jobs.add(document);
  }

  private static String runs(List<Coverage.Range> ranges) {
    StringBuilder runs = new StringBuilder();
    ranges.forEach(
        range -> runs.append(range.windows()).append(StateLook.of(range.state()).letter()));
    return runs.toString();
  }

  private static List<List<Object>> cells(List<Cell> cells) {
    return cells.stream()
        .map(
            cell ->
                List.<Object>of(
                    cell.date().toString(), cell.from().getEpochSecond(), text(cell.counts())))
        .toList();
  }

  private static String text(Map<State, Integer> counts) {
    StringBuilder text = new StringBuilder();
    counts.forEach((state, count) -> text.append(count).append(StateLook.of(state).letter()));
    return text.toString();
  }

  private static Map<String, Object> note(Note note) {
    return Map.of(
        "from", note.range().from().getEpochSecond(),
        "to", note.range().to().getEpochSecond(),
        "n", note.range().windows(),
        "state", key(note.range().state()),
        "reason", note.reason());
  }

  private static String key(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** The whole page. */
  String html() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("at", now.truncatedTo(ChronoUnit.SECONDS).toString());
    data.put("states", List.of(StateLook.values()).stream().map(CoveragePage::state).toList());
    data.put("severity", CoverageCells.WORST_FIRST.stream().map(CoveragePage::key).toList());
    data.put("jobs", jobs);
    try (InputStream template = CoveragePage.class.getResourceAsStream(TEMPLATE)) {
      if (template == null) {
        throw new IllegalStateException(TEMPLATE + " is missing from the jar");
      }
      // a reason may hold anything, even the end of a script
      String json = new ObjectMapper().writeValueAsString(data).replace("<", "\\u003c");
      return new String(template.readAllBytes(), StandardCharsets.UTF_8).replace("@DATA@", json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain maps, lists, texts and numbers have a JSON form", e);
    } catch (IOException e) {
      throw new IllegalStateException("a resource of the jar cannot be read", e);
    }
  }

  private static Map<String, Object> state(StateLook look) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("key", key(look.state()));
    document.put("letter", String.valueOf(look.letter()));
    document.put("word", look.word());
    document.put("mark", look.mark());
    document.put("meaning", look.meaning());
    return document;
  }
}
