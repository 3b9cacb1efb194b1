package dev.tributary.daemon.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.telemetry.Redactor;
import java.util.Map;

/**
 * What a page says. No known secret is in it, whatever a sentence quotes.
 *
 * @param status of HTTP
 * @param type of the body
 */
record Answer(int status, String type, String body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Answer json(int status, Map<String, ?> document) {
    try {
      return new Answer(
          status,
          "application/json",
          Redactor.ofProcess().redact(JSON.writeValueAsString(document)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain maps, lists, texts and numbers have a JSON form", e);
    }
  }

  static Answer json(Map<String, ?> document) {
    return json(200, document);
  }

  static Answer refused(int status, String why) {
    return json(status, Map.of("error", why));
  }
}
