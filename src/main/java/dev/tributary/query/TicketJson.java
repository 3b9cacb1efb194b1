package dev.tributary.query;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.job.Query;
import dev.tributary.job.Source;
import dev.tributary.job.Window;
import java.nio.charset.StandardCharsets;

/** The server's JSON ticket: which database, which query, in which language, over which window. */
final class TicketJson {

  private static final JsonMapper JSON = new JsonMapper();

  private TicketJson() {}

  /**
   * The ticket's UTF-8 bytes. Bounds travel as RFC 3339 strings, for integers are refused as times,
   * and only those that occur, for InfluxQL refuses a parameter that is not used.
   */
  static byte[] of(String bucket, Query query, Window window, Source.Parameters parameters) {
    ObjectNode ticket = JSON.createObjectNode();
    ticket.put("database", bucket);
    boolean literal = parameters == Source.Parameters.LITERAL;
    ticket.put("sql_query", literal ? query.withLiterals(window) : query.text());
    ticket.put("query_type", query.language().ticketWord());
    if (!literal) {
      ObjectNode params = JSON.createObjectNode();
      for (Query.Bound bound : Query.Bound.values()) {
        if (query.uses(bound)) {
          params.put(bound.parameter(), bound.of(window).toString());
        }
      }
      if (!params.isEmpty()) {
        ticket.set("params", params);
      }
    }
    return ticket.toString().getBytes(StandardCharsets.UTF_8);
  }
}
