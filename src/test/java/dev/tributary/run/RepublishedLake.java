package dev.tributary.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.cli.Typed;
import dev.tributary.job.Failure;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.testing.Definition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A lake whose windows are settled and published again by every command that does so, over data
 * that comes late. The k-th late row of a window has the value k, so that a file tells by itself
 * which edition of its window it is, and whether it is whole.
 */
final class RepublishedLake {

  static final int WINDOWS = 8;

  /** What a repair begins with, whether anything is wrong or not. */
  private static final String SWEEP = "verify climate --repair";

  private static final String RANGE = "--from 2022-01-01 --to 2022-01-01T08:00:00Z";

  /** A command with its words, told apart by what it finds to do. */
  enum Command {
    /** Looks again at windows whose age has come. */
    REVISIT("run climate"),
    REPLACE("backfill climate " + RANGE + " --replace"),
    STALE("backfill climate " + RANGE + " --stale"),
    REPAIR("verify climate --repair"),
    SKIP("skip gone --window %s --reason lost");

    private final String words;

    Command(String words) {
      this.words = words;
    }
  }

  private static final Pattern HOUR = Pattern.compile("^climate-20220101T(\\d{2})0000Z");
  private static final Instant BEGIN = Instant.parse("2022-01-01T00:00:00Z");

  /** Revisits come due after all that was settled before, and about when a process has started. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Path folder;
  private final Sandbox sandbox;
  private final Random random;
  private final Lake lake;
  private final int[] late = new int[WINDOWS];
  private final long[] seen = new long[WINDOWS];
  private int query;
  private int skipped;
  private Instant due = Instant.EPOCH;

  RepublishedLake(Path folder, Sandbox sandbox, Random random) throws Exception {
    this.folder = folder;
    this.sandbox = sandbox;
    this.random = random;
    this.lake = new Lake(root());
    for (int window = 0; window < WINDOWS; window++) {
      load(window, "room=hall temp=20,co=0i");
      load(window, "room=attic temp=10,co=0i");
    }
    define(false);
    sound("backfill climate " + RANGE);
  }

  private Path root() {
    return folder.resolve("lake");
  }

  private void load(int window, String row) throws Failure {
    long second = BEGIN.getEpochSecond() + 3600L * window + 600;
    sandbox.load("home", "home," + row + " " + second, TimeUnit.SECONDS);
  }

  /** Gives a command something to do, and the arguments of a process that does it. */
  List<String> prepared(Command command) throws Exception {
    switch (command) {
      case REPAIR -> damage();
      case SKIP -> skipped++;
      case STALE -> query++;
      case REVISIT, REPLACE -> {
        for (int window = 0; window < WINDOWS; window++) {
          if (random.nextBoolean()) {
            late[window]++;
            load(window, "room=late%d temp=1,co=%di".formatted(late[window], late[window]));
          }
        }
      }
    }
    define(command == Command.REVISIT);
    return arguments(List.of(words(command)));
  }

  private String skippable() {
    return LocalDate.of(2022, 1, 2).atStartOfDay(ZoneOffset.UTC).plusHours(skipped).toInstant()
        + "";
  }

  /** What happens to files behind a program's back, and can be made good without their owner. */
  private void damage() throws IOException {
    boolean manifest = random.nextInt(3) == 0;
    List<Path> files = manifest ? manifests() : lake.visible();
    Path victim = files.get(random.nextInt(files.size()));
    if (!manifest && random.nextBoolean()) {
      Files.delete(victim);
    } else {
      byte[] bytes = Files.readAllBytes(victim);
      Files.write(victim, Arrays.copyOf(bytes, bytes.length / 2));
    }
  }

  /** The newest one of each window: the others tell nobody anything. */
  private List<Path> manifests() throws IOException {
    Map<String, Path> newest = new TreeMap<>();
    for (Path receipt : lake.receipts()) {
      if (receipt.toString().contains("climate")) {
        String name = receipt.getFileName().toString();
        newest.put(name.substring(0, name.indexOf(".g")), receipt);
      }
    }
    return List.copyOf(newest.values());
  }

  /** Writes the definitions; those with revisits have each window's come due soon. */
  private void define(boolean revisited) throws IOException {
    StringJoiner ages = new StringJoiner(", ");
    due = Instant.now().plus(SOON).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    for (int window = WINDOWS - 1; window >= 0; window--) {
      Instant end = BEGIN.plus(Duration.ofHours(window + 1));
      ages.add(Duration.between(end, due).toSeconds() + "s");
    }
    String climate =
        Definition.hourly(sandbox.url(), root())
            .replace("catchup: 3d", "catchup: none")
            .replace("sum(co) AS co", "max(co) + %d - %d AS co".formatted(query, query));
    String gone =
        climate
            .substring(climate.indexOf("  climate:"))
            .replace("climate:", "gone:")
            .replace("start: 2022-01-01", "start: 2022-01-02");
    Files.writeString(
        folder.resolve("tributary.yaml"),
        climate + (revisited ? "    revisit: [" + ages + "]\n" : "") + gone);
  }

  private List<String> arguments(List<String> words) {
    return Stream.concat(
            words.stream(), Stream.of("--config", folder.resolve("tributary.yaml").toString()))
        .toList();
  }

  /** Changes whenever anything is written, moved or removed. */
  long trace() throws IOException {
    try (Stream<Path> all = Files.walk(root())) {
      return all.filter(path -> !path.toString().endsWith(".lock"))
          .mapToLong(path -> path.hashCode() * 31L + modified(path))
          .sum();
    } catch (UncheckedIOException e) {
      // something was moved away amid the walk, which is a change, too
      return 0;
    }
  }

  private static long modified(Path path) {
    try {
      return Files.getLastModifiedTime(path).to(TimeUnit.NANOSECONDS);
    } catch (IOException e) {
      // gone since it was listed
      return 0;
    }
  }

  /** Right after a kill: every file that a reader can see is whole, and no older than before. */
  void judgeFiles() throws Exception {
    Map<String, Long> windows = new HashMap<>();
    for (Path file : lake.visible()) {
      Matcher name = HOUR.matcher(file.getFileName().toString());
      if (name.find()) {
        long edition = edition(file);
        assertThat(windows.put(name.group(), edition)).as("window twice: " + file).isNull();
        int window = Integer.parseInt(name.group(1));
        assertThat(edition).as("edition of " + file).isBetween(seen[window], (long) late[window]);
        seen[window] = edition;
      }
    }
  }

  private static long edition(Path file) {
    String rows = " FROM read_parquet('" + file + "')";
    try {
      long edition = Lake.number("SELECT max(co)" + rows);
      assertThat(Lake.number("SELECT count(DISTINCT room)" + rows)).isEqualTo(edition + 2);
      assertThat(Lake.rows(file)).as("rows of " + file).isEqualTo(edition + 2);
      return edition;
    } catch (SQLException e) {
      throw new AssertionError("torn: " + file, e);
    }
  }

  /** Does again, to its end, what was killed. */
  void complete(Command killed) throws Exception {
    switch (killed) {
      case SKIP -> {
        assertThat(typed(words(killed)).all())
            .containsAnyOf("skipped window", "settled already, as skipped");
        sound("verify climate");
        sound(SWEEP);
      }
      case REPAIR -> {
        sound(killed.words);
        sound(SWEEP);
      }
      case REVISIT, REPLACE, STALE -> {
        do {
          // a look that comes before the windows' ages finds nothing due
          sound(killed.words);
        } while (killed == Command.REVISIT && Instant.now().isBefore(due));
        if (killed == Command.REVISIT) {
          // a run that clears away what a dead one began leaves the look to the next one
          sound(killed.words);
        }
        judgeFiles();
        for (int window = 0; window < WINDOWS; window++) {
          assertThat(seen[window]).as("edition of window " + window).isEqualTo(late[window]);
        }
      }
    }
  }

  /** Between commands: manifests and files agree, and nothing is left over. */
  void judge() throws Exception {
    judgeFiles();
    assertThat(lake.broken()).isEmpty();
    assertThat(lake.visible()).isEqualTo(lake.newestFiles());
    assertThat(lake.intents()).isEmpty();
    assertThat(lake.staged()).isEmpty();
  }

  /** At the end, by the program itself. */
  void verify() {
    sound("verify");
  }

  private void sound(String line) {
    Typed typed = typed(line.split(" ", -1));
    assertThat(typed.code()).as(line + "\n" + typed.all()).isZero();
  }

  private String[] words(Command command) {
    return command.words.formatted(skippable()).split(" ", -1);
  }

  private Typed typed(String... words) {
    return Typed.in(
        folder,
        Stream.concat(Stream.of(words), Stream.of("--config", "tributary.yaml"))
            .toArray(String[]::new));
  }
}
