package dev.tributary.definition;

import dev.tributary.job.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the SELECT of a continuous query into one over a window: without INTO, without names of
 * databases in FROM, bounded by {@code $start} and {@code $end}, without rows for empty bins.
 */
final class Rewriting {

  private static final Set<String> DEFAULT_POLICIES = Set.of("autogen", "default");

  private final int line;
  private final String name;
  private final String database;
  private final List<Token> head;
  private final List<Token> body;
  private final SelectClause select;
  private final Clauses clauses;
  private final List<String> notes = new ArrayList<>();
  private String bucket;
  private boolean several;

  /**
   * @param head between the database's name and BEGIN
   * @param body between BEGIN and END
   */
  Rewriting(int line, String name, String database, List<Token> head, List<Token> body) {
    this.line = line;
    this.name = name;
    this.database = database;
    this.head = head;
    this.body = body;
    this.select = SelectClause.in(body).get(0);
    this.clauses = new Clauses(body);
    this.bucket = database;
  }

  ContinuousQuery result() {
    Optional<Call> time = InfluxqlBins.of(select);
    if (time.isEmpty()) {
      return ContinuousQuery.lost(line, name, "it has no GROUP BY time()");
    }
    List<List<Token>> arguments = time.orElseThrow().arguments();
    Optional<Duration> bin = length(arguments.get(0));
    Optional<Duration> offset =
        arguments.size() < 2 ? Optional.of(Duration.ZERO) : length(arguments.get(1));
    if (bin.isEmpty() || offset.isEmpty()) {
      return ContinuousQuery.lost(
          line, name, "its bin is no literal, '" + text(time.orElseThrow()) + "'");
    }
    String from = from();
    Optional<String> where = where();
    if (where.isEmpty()) {
      return ContinuousQuery.lost(
          line, name, "its WHERE joins a condition on time by OR, which no window can bound");
    }
    String query =
        "SELECT "
            + Clauses.text(clauses.selected())
            + "\nFROM "
            + from
            + "\nWHERE "
            + where.orElseThrow()
            + "time >= $start AND time < $end\nGROUP BY "
            + Clauses.text(grouping())
            + fill()
            + rest();
    resample();
    return new ContinuousQuery(
        line,
        name,
        bucket,
        Optional.of(query),
        bin.orElseThrow(),
        offset.orElseThrow(),
        zone(),
        option("for"),
        several,
        notes);
  }

  private static Optional<Duration> length(List<Token> tokens) {
    boolean negative = !tokens.isEmpty() && tokens.get(0).isSymbol("-");
    List<Token> number = negative ? tokens.subList(1, tokens.size()) : tokens;
    return number.size() == 1 && number.get(0).kind() == Token.Kind.NUMBER
        ? IntervalText.influxql(number.get(0).text())
            .map(Interval::length)
            .map(length -> negative ? length.negated() : length)
        : Optional.empty();
  }

  /** What the query reads, without database and retention policy, which name the bucket. */
  private String from() {
    List<Token> into = clauses.of("into");
    if (!into.isEmpty()) {
      notes.add(
          "INTO " + Clauses.text(into) + ": its rows become files of the job, not a measurement");
    }
    List<String> sources = new ArrayList<>();
    for (List<Token> source : Call.split(clauses.of("from"))) {
      List<Token> own = unqualified(source);
      several |= own.size() == 1 && own.get(0).kind() == Token.Kind.REGEX;
      sources.add(Clauses.text(own));
    }
    several |= sources.size() > 1;
    return String.join(", ", sources);
  }

  private List<Token> unqualified(List<Token> source) {
    List<Integer> dots = new ArrayList<>();
    for (int i = 0; i < source.size(); i++) {
      if (source.get(i).isSymbol(".") && source.get(i).depth() == select.depth()) {
        dots.add(i);
      }
    }
    if (!source.isEmpty() && source.get(0).isSymbol("(")) {
      if (source.stream().anyMatch(token -> token.isSymbol("."))) {
        notes.add("a subquery names a database or policy, which InfluxDB 3 refuses: name it alone");
      }
      return source;
    }
    if (dots.isEmpty()) {
      return source;
    }
    int last = dots.get(dots.size() - 1);
    String owner = dots.size() == 2 ? source.get(0).content() : database;
    int policyAt = dots.size() == 2 ? dots.get(0) + 1 : 0;
    String policy = policyAt < last ? source.get(policyAt).content() : "";
    boolean usual = policy.isEmpty() || DEFAULT_POLICIES.contains(policy);
    String named = usual ? owner : owner + "/" + policy;
    if (!bucket.equals(database) && !bucket.equals(named)) {
      notes.add("it reads several databases; only '" + named + "' is asked");
    }
    bucket = named;
    if (!usual) {
      notes.add(
          "retention policy '"
              + policy
              + "': InfluxDB 3 has no such thing; bucket '"
              + named
              + "' is where its v1 API writes, change it if yours differs");
    }
    return source.subList(last + 1, source.size());
  }

  /** The conditions that stay, with AND behind them; absent when they cannot be told apart. */
  private Optional<String> where() {
    List<Token> where = clauses.of("where");
    if (where.isEmpty()) {
      return Optional.of("");
    }
    boolean or = where.stream().anyMatch(token -> token.is("or") && token.depth() == depth());
    List<List<Token>> kept = new ArrayList<>();
    for (List<Token> condition : conditions(where)) {
      boolean onTime = condition.stream().anyMatch(token -> token.is("time"));
      if (onTime && or) {
        return Optional.empty();
      }
      if (onTime) {
        notes.add("WHERE " + Clauses.text(condition) + ": the window takes its place");
      } else {
        kept.add(condition);
      }
    }
    if (or) {
      return Optional.of("(" + Clauses.text(where) + ") AND ");
    }
    StringBuilder conditions = new StringBuilder();
    kept.forEach(condition -> conditions.append(Clauses.text(condition)).append(" AND "));
    return Optional.of(conditions.toString());
  }

  private List<List<Token>> conditions(List<Token> where) {
    List<List<Token>> parts = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i <= where.size(); i++) {
      if (i == where.size() || (where.get(i).is("and") && where.get(i).depth() == depth())) {
        parts.add(where.subList(begin, i));
        begin = i + 1;
      }
    }
    return parts;
  }

  /** What is grouped by, without {@code fill()} and {@code tz()} behind it. */
  private List<Token> grouping() {
    List<Token> group = clauses.of("group");
    int end = 1;
    while (end < group.size()
        && !((group.get(end).is("fill") || group.get(end).is("tz"))
            && group.get(end).depth() == depth())) {
      end++;
    }
    return group.subList(1, end);
  }

  private String fill() {
    Optional<Call> fill = InfluxqlBins.own(select, "fill");
    List<Token> how = fill.map(call -> call.arguments().get(0)).orElse(List.of());
    boolean number = how.size() == 1 && how.get(0).kind() == Token.Kind.NUMBER;
    if (number) {
      return " fill(" + Clauses.text(how) + ")";
    }
    if (!how.isEmpty() && !how.get(0).is("none")) {
      notes.add(
          "fill("
              + Clauses.text(how)
              + "): empty bins have no rows, for a window ends at its bounds");
    }
    return " fill(none)";
  }

  /** ORDER BY, limits and {@code tz()}. */
  private String rest() {
    StringBuilder rest = new StringBuilder();
    for (String word : List.of("order", "limit", "offset", "slimit", "soffset")) {
      List<Token> clause = clauses.of(word);
      if (!clause.isEmpty()) {
        List<Token> own =
            clause.stream().takeWhile(token -> !token.is("tz") && !token.is("fill")).toList();
        rest.append('\n').append(word.toUpperCase(Locale.ROOT)).append(' ');
        rest.append(Clauses.text(own));
      }
    }
    InfluxqlBins.own(select, "tz").ifPresent(tz -> rest.append('\n').append(text(tz)));
    return rest.toString();
  }

  private Optional<String> zone() {
    return InfluxqlBins.own(select, "tz")
        .map(tz -> tz.arguments().get(0))
        .filter(zone -> zone.size() == 1)
        .map(zone -> zone.get(0).content());
  }

  private void resample() {
    option("every")
        .ifPresent(
            every ->
                notes.add(
                    "RESAMPLE EVERY "
                        + Durations.text(every)
                        + ": a window is made once, when it is complete, not while it fills"));
  }

  /** An option of RESAMPLE. */
  private Optional<Duration> option(String word) {
    for (int i = 0; i + 1 < head.size(); i++) {
      if (head.get(i).is(word)) {
        return length(List.of(head.get(i + 1)));
      }
    }
    return Optional.empty();
  }

  private int depth() {
    return select.depth();
  }

  private String text(Call call) {
    return Clauses.text(
        body.stream()
            .filter(token -> token.offset() >= call.name().offset() && token.end() <= call.end())
            .toList());
  }
}
