package dev.tributary.telemetry;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * One event on one line: time, level, logger, words and {@code key=value} pairs, or the same as one
 * JSON object. No known secret passes, whatever library wrote it into its message or exception.
 */
public final class LogLine extends LayoutBase<ILoggingEvent> {

  private final ThrowableProxyConverter trace = new ThrowableProxyConverter();
  private final Redactor redactor;
  private final boolean json;

  /** Lines in JSON, or for people. */
  public LogLine(Redactor redactor, boolean json) {
    this.redactor = redactor;
    this.json = json;
  }

  @Override
  public void start() {
    trace.start();
    super.start();
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    return redactor.redact(json ? json(event) : text(event)) + System.lineSeparator();
  }

  private String text(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(time(event));
    line.append(String.format(Locale.ROOT, " %-5s ", event.getLevel())).append(name(event));
    line.append(' ').append(oneLine(event.getFormattedMessage()));
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        line.append(' ').append(pair.key).append('=').append(word(String.valueOf(pair.value)));
      }
    }
    String thrown = trace.convert(event);
    return thrown.isEmpty()
        ? line.toString()
        : line + System.lineSeparator() + thrown.stripTrailing();
  }

  private String json(ILoggingEvent event) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("time", time(event));
    members.put("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
    members.put("logger", name(event));
    members.put("event", String.valueOf(event.getFormattedMessage()));
    if (event.getKeyValuePairs() != null) {
      event.getKeyValuePairs().forEach(pair -> members.put(pair.key, String.valueOf(pair.value)));
      event.getKeyValuePairs().stream()
          .filter(pair -> pair.value instanceof Number)
          .forEach(pair -> members.put(pair.key, pair.value));
    }
    String thrown = trace.convert(event);
    if (!thrown.isEmpty()) {
      members.put("trace", thrown.stripTrailing());
    }
    return JsonText.object(members);
  }

  private static String time(ILoggingEvent event) {
    return Time.FORMAT.format(Instant.ofEpochMilli(event.getTimeStamp()));
  }

  private static String name(ILoggingEvent event) {
    String name = event.getLoggerName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** In quotes where a blank or a quote would end the value too early. */
  private static String word(String value) {
    boolean plain =
        !value.isEmpty()
            && value.chars().allMatch(c -> c > ' ' && c != '"' && c != '=' && c != '\\');
    return plain ? value : JsonText.quote(value);
  }

  private static String oneLine(String text) {
    return text.replace("\r", "").replace("\n", "\\n");
  }

  /** Made at the first line, which most runs never print. */
  private static final class Time {
    static final DateTimeFormatter FORMAT =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
  }
}
