package dev.tributary.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.telemetry.Redactor;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/**
 * What a command talks to: data on one stream, words on the other.
 *
 * @param out data, and nothing else, so that a pipe can read it
 * @param err words for people
 * @param environment the process's environment
 * @param directory the working directory
 * @param terminal whether {@code err} is a terminal, where progress may be redrawn in place
 */
public record Console(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path directory,
    boolean terminal) {

  /** The console of this process. */
  public static Console ofProcess() {
    return new Console(
        System.out, System.err, System.getenv(), Path.of(""), CommandLine.Help.Ansi.AUTO.enabled());
  }

  /** Writes one JSON document on one line. */
  void json(Object document) {
    try {
      out.println(Json.MAPPER.writeValueAsString(document));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain maps, lists, texts and numbers have a JSON form", e);
    }
  }

  void say(String words) {
    err.println(Redactor.ofProcess().redact(words));
  }

  /** Made at the first document: most commands print none, and this takes a tenth of a start. */
  private static final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();
  }
}
