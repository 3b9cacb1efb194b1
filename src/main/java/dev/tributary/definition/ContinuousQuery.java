package dev.tributary.definition;

import dev.tributary.job.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A continuous query of InfluxDB 1.x, as {@code SHOW CONTINUOUS QUERIES} prints it, turned into a
 * query of one window in today's InfluxQL.
 *
 * @param line where it begins, counted from 1
 * @param name as the server knows it
 * @param bucket the database that holds what it reads
 * @param query with the bounds of the window; empty when it cannot be carried over
 * @param bin what it groups by
 * @param offset of its bins from the epoch
 * @param zone whose calendar its bins follow
 * @param again how far back each run looked again
 * @param several whether it reads several measurements, whose rows only their name tells apart
 * @param notes what was not carried over, or differs
 */
public record ContinuousQuery(
    int line,
    String name,
    String bucket,
    Optional<String> query,
    Duration bin,
    Duration offset,
    Optional<String> zone,
    Optional<Duration> again,
    boolean several,
    List<String> notes) {

  private static final Pattern BEGIN =
      Pattern.compile("\\bCREATE\\s+CONTINUOUS\\s+QUERY\\b", Pattern.CASE_INSENSITIVE);

  public ContinuousQuery {
    notes = List.copyOf(notes);
  }

  /** Every statement in a text, whatever stands around them, in order. */
  public static List<ContinuousQuery> in(String text) {
    List<ContinuousQuery> found = new ArrayList<>();
    Matcher begins = BEGIN.matcher(text);
    List<Integer> places = new ArrayList<>();
    while (begins.find()) {
      places.add(begins.start());
    }
    for (int i = 0; i < places.size(); i++) {
      int end = i + 1 < places.size() ? places.get(i + 1) : text.length();
      int line = 1 + (int) text.substring(0, places.get(i)).chars().filter(c -> c == '\n').count();
      found.add(read(text.substring(places.get(i), end), line));
    }
    return found;
  }

  private static ContinuousQuery read(String text, int line) {
    List<Token> tokens = Lexer.read(Query.Language.INFLUXQL, text).tokens();
    int begin = index(tokens, "begin");
    int end = index(tokens, "end");
    int on = index(tokens, "on");
    if (tokens.size() < 6 || on != 4 || begin < 0 || end < begin) {
      return lost(line, "?", "it has no ON, BEGIN or END");
    }
    String name = tokens.get(3).content();
    List<Token> head = tokens.subList(on + 2, begin);
    List<Token> body = tokens.subList(begin + 1, end);
    if (body.isEmpty() || !body.get(0).is("select")) {
      return lost(line, name, "it has no SELECT");
    }
    return new Rewriting(line, name, tokens.get(on + 1).content(), head, body).result();
  }

  private static int index(List<Token> tokens, String word) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).is(word) && tokens.get(i).depth() == 0) {
        return i;
      }
    }
    return -1;
  }

  /** One of which nothing is carried over. */
  static ContinuousQuery lost(int line, String name, String why) {
    return new ContinuousQuery(
        line,
        name,
        "",
        Optional.empty(),
        Duration.ZERO,
        Duration.ZERO,
        Optional.empty(),
        Optional.empty(),
        false,
        List.of(why));
  }
}
