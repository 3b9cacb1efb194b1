package dev.tributary.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.tributary.telemetry.LogLine;
import dev.tributary.telemetry.Redactor;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

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
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(stderr(context, false));
    // print whole headers, tokens included, below INFO
    context.getLogger("io.grpc.netty").setLevel(Level.INFO);
    context.getLogger("io.netty.handler.codec.http2").setLevel(Level.INFO);
    // warn of headers at every request; what goes wrong there comes to us, and is told by us
    context.getLogger("com.azure").setLevel(Level.OFF);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /**
   * Takes up what the definitions say of the log. The program's own lines go by the level; those of
   * libraries come in full at TRACE alone.
   *
   * @param level as the key has it
   */
  public static void apply(boolean json, String level) {
    if (System.getProperty("logback.configurationFile") == null
        && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
      Level wanted = Level.toLevel(level);
      root.detachAndStopAllAppenders();
      root.addAppender(stderr(context, json));
      root.setLevel(ofLibraries(wanted));
      context.getLogger("tributary").setLevel(wanted);
      context.getLogger("dev.tributary").setLevel(wanted);
    }
  }

  private static Level ofLibraries(Level wanted) {
    if (wanted == Level.DEBUG) {
      return Level.INFO;
    }
    return wanted == Level.INFO ? Level.WARN : wanted;
  }

  private static ConsoleAppender<ILoggingEvent> stderr(LoggerContext context, boolean json) {
    LogLine line = new LogLine(Redactor.ofProcess(), json);
    line.setContext(context);
    line.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(line);
    encoder.start();
    // words go to standard error: standard output belongs to data
    ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
    stderr.setContext(context);
    stderr.setName("stderr");
    stderr.setTarget("System.err");
    stderr.setEncoder(encoder);
    stderr.start();
    return stderr;
  }
}
