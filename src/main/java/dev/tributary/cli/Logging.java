package dev.tributary.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What is logged where, in code: reading the same from XML takes a tenth of a small run. A file
 * that {@code -Dlogback.configurationFile} names still decides instead.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class Logging extends ContextAwareBase implements Configurator {

  /** Found by the logging library. */
  public Logging() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty("logback.configurationFile") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    Line line = new Line();
    line.setContext(context);
    line.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(line);
    encoder.start();
    // words go to standard error: standard output belongs to data
    ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
    stderr.setContext(context);
    stderr.setName("stderr");
    stderr.setTarget("System.err");
    stderr.setEncoder(encoder);
    stderr.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(stderr);
    // print whole headers, tokens included, below INFO
    context.getLogger("io.grpc.netty").setLevel(Level.INFO);
    context.getLogger("io.netty.handler.codec.http2").setLevel(Level.INFO);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** {@code 2026-11-23T06:00:00.000Z WARN FlightBatches words}, and the stack trace if any. */
  private static final class Line extends LayoutBase<ILoggingEvent> {

    private final ThrowableProxyConverter trace = new ThrowableProxyConverter();

    @Override
    public void start() {
      trace.start();
      super.start();
    }

    @Override
    public String doLayout(ILoggingEvent event) {
      String name = event.getLoggerName();
      return Time.FORMAT.format(Instant.ofEpochMilli(event.getTimeStamp()))
          + String.format(Locale.ROOT, " %-5s ", event.getLevel())
          + name.substring(name.lastIndexOf('.') + 1)
          + " "
          + event.getFormattedMessage()
          + System.lineSeparator()
          + trace.convert(event);
    }
  }

  /** Made at the first line, which most runs never print. */
  private static final class Time {
    static final DateTimeFormatter FORMAT =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
  }
}
