package dev.tributary.land.objectstore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.land.objectstore.StoreFault.Sort;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;

/** What Google Cloud Storage answered. */
final class GcsAnswer {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;

  GcsAnswer(int status, HttpHeaders headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  int status() {
    return status;
  }

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** As it came, not a copy. */
  byte[] body() {
    return body;
  }

  boolean isGood() {
    return status / 100 == 2;
  }

  JsonNode json() throws StoreFault {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new StoreFault(Sort.UNCLEAR, "the answer is not what a store writes", e);
    }
  }

  /** The object that a request has made. */
  String generation() throws StoreFault {
    String generation = json().path("generation").asText();
    if (generation.isEmpty()) {
      throw fault();
    }
    return generation;
  }

  /** An object that is not there, in a bucket that is: both are told with the same status. */
  boolean isMissingObject() {
    return status == 404 && !told().toLowerCase(Locale.ROOT).contains("bucket does not exist");
  }

  StoreFault fault() {
    String told = told();
    String reason = "the store answered " + status + (told.isEmpty() ? "" : ": " + told);
    return new StoreFault(
        sort(), reason, new IOException(reason), header("Retry-After").orElse(null));
  }

  private Sort sort() {
    return switch (status) {
      case 412 -> Sort.REFUSED;
      case 401, 403 ->
          told().toLowerCase(Locale.ROOT).contains("rate limit") ? Sort.UNCLEAR : Sort.DENIED;
      // an upload that is gone
      case 404, 410 -> Sort.MISSING;
      case 408, 409, 425, 429 -> Sort.UNCLEAR;
      default -> status >= 500 || isGood() ? Sort.UNCLEAR : Sort.INVALID;
    };
  }

  private String told() {
    String message;
    try {
      message = JSON.readTree(body).path("error").path("message").asText();
    } catch (IOException e) {
      message = "";
    }
    return Complaints.clause(message);
  }
}
