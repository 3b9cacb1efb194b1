package dev.tributary.plan;

import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a job's files go: literal text with the tokens {@code {job}}, {@code {start}}, {@code
 * {end}}, {@code {start:PATTERN}}, {@code {end:PATTERN}} and {@code {ext}}. Immutable.
 */
public final class PathTemplate {

  /** The template of window jobs that have none. */
  public static final String DEFAULT = "{job}/date={start:uuuu-MM-dd}/{job}-{start}-{end}.{ext}";

  /** The template of snapshot jobs that have none. */
  public static final String SNAPSHOT_DEFAULT = "{job}/date={start:uuuu-MM-dd}/{job}-{start}.{ext}";

  private static final Instant SAMPLE = Instant.parse("2026-11-21T23:00:00Z");

  private final String text;
  private final List<PathToken> tokens;

  private PathTemplate(String text, List<PathToken> tokens) {
    this.text = text;
    this.tokens = List.copyOf(tokens);
  }

  /** What reading a template came to. */
  public sealed interface Parsed {

    <R> R fold(Cases<R> cases);

    /** One answer for each outcome. */
    interface Cases<R> {
      R template(PathTemplate template);

      R problem(int offset, String message);
    }
  }

  private record Sound(PathTemplate template) implements Parsed {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.template(template);
    }
  }

  private record Unsound(int offset, String message) implements Parsed {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.problem(offset, message);
    }
  }

  /**
   * Reads a template; a problem has the offset of the character at fault, counted from 0, and a
   * clause for the operator.
   */
  public static Parsed parse(String text) {
    try {
      PathTemplate template = new PathTemplate(text, new PathReader(text).tokens());
      template.requireInsidePrefix();
      return new Sound(template);
    } catch (PathReader.SyntaxProblem e) {
      return new Unsound(e.offset(), e.clause());
    }
  }

  /** A template that was parsed when its file was loaded. */
  public static PathTemplate ofChecked(String text) {
    return parse(text)
        .fold(
            new Parsed.Cases<>() {
              @Override
              public PathTemplate template(PathTemplate template) {
                return template;
              }

              @Override
              public PathTemplate problem(int offset, String message) {
                throw new IllegalArgumentException(message + " at " + offset + " of " + text);
              }
            });
  }

  /**
   * The key of a window's file. Instants are written in UTC, {@code 20261121T230000Z}, with as many
   * more digits as they have; patterns in {@code zone}. Characters that are not safe in a file name
   * are percent-encoded in what the tokens stand for.
   *
   * @throws IllegalArgumentException if a pattern gives an empty folder name, which {@link #parse}
   *     tries for one instant only
   */
  public ObjectKey key(JobName job, Window window, ZoneId zone, String extension) {
    return new ObjectKey(render(job, window, zone, extension));
  }

  /** Whether the template holds {@code {end}}, which a snapshot does not have. */
  public boolean usesEnd() {
    return tokens.stream().anyMatch(PathToken::isEnd);
  }

  /** Whether the template holds {@code {job}}. */
  public boolean usesJob() {
    return tokens.stream().anyMatch(token -> token.kind() == PathToken.Kind.JOB);
  }

  /** Whether it holds a bound in full, and so differs for any two windows of a job. */
  boolean holdsWholeBound() {
    return tokens.stream().anyMatch(PathToken::isWholeBound);
  }

  /**
   * Whether no two windows of these two jobs at one destination can have the same key: the literal
   * beginnings diverge, or both wrote the same template and it holds {@code {job}}.
   */
  public static boolean areDistinct(PathTemplate a, JobName ofA, PathTemplate b, JobName ofB) {
    if (a.text.equals(b.text) && a.usesJob()) {
      return !ofA.equals(ofB);
    }
    String one = a.literalPrefix(ofA);
    String other = b.literalPrefix(ofB);
    return !one.startsWith(other) && !other.startsWith(one);
  }

  /** The folder that holds every file of a job; absent when the first folder differs already. */
  public Optional<ObjectKey> folder(JobName job) {
    String prefix = literalPrefix(job);
    int slash = prefix.lastIndexOf('/');
    return slash < 0 ? Optional.empty() : Optional.of(new ObjectKey(prefix.substring(0, slash)));
  }

  List<PathToken> tokens() {
    return tokens;
  }

  String render(JobName job, Window window, ZoneId zone, String extension) {
    StringBuilder key = new StringBuilder();
    for (PathToken token : tokens) {
      key.append(token.render(job, window, zone, extension));
    }
    return key.toString();
  }

  /** The text before the first bound, with the job's name put in. */
  public String literalPrefix(JobName job) {
    StringBuilder prefix = new StringBuilder();
    for (PathToken token : tokens) {
      if (token.kind() == PathToken.Kind.LITERAL) {
        prefix.append(token.text());
      } else if (token.kind() == PathToken.Kind.JOB) {
        prefix.append(job);
      } else {
        break;
      }
    }
    return prefix.toString();
  }

  private void requireInsidePrefix() throws PathReader.SyntaxProblem {
    Window sample = new Window(SAMPLE, SAMPLE.plusSeconds(3600));
    String key = render(new JobName("job"), sample, ZoneId.of("UTC"), "ext");
    for (String segment : key.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw new PathReader.SyntaxProblem(
            Math.max(0, text.indexOf(segment.isEmpty() ? "//" : segment)),
            "a path is relative and has no empty, '.' or '..' folder, but gives '" + key + "'");
      }
    }
    if (mayNameLedger()) {
      throw new PathReader.SyntaxProblem(
          0, "'_tributary' is the ledger's own folder; take another first folder");
    }
  }

  private boolean mayNameLedger() {
    StringBuilder first = new StringBuilder();
    for (PathToken token : tokens) {
      if (token.kind() == PathToken.Kind.LITERAL) {
        int slash = token.text().indexOf('/');
        first.append(Pattern.quote(slash < 0 ? token.text() : token.text().substring(0, slash)));
        if (slash >= 0) {
          break;
        }
      } else {
        first.append(token.kind() == PathToken.Kind.JOB ? "[a-z0-9-]+" : "[0-9].*");
      }
    }
    return Pattern.compile(first.toString(), Pattern.CASE_INSENSITIVE)
        .matcher("_tributary")
        .matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
