package dev.tributary.sandbox;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a sandbox behaves: like a small server in good health by {@link #standard()}, and on request
 * like one that is slow, full or broken. Immutable.
 *
 * @param port TCP port on the loopback address; 0 lets the system choose
 * @param token what callers must send; empty lets everyone in
 * @param clock what {@code now()} gives, and the time of points loaded without one
 * @param keepAlive how long a stream may be silent before an empty batch is sent
 * @param latency how long each query takes before its first row
 * @param fileLimit most files that a query may touch; empty for no limit
 * @param fileSpan time that one imagined file covers; files lie on the grid of this length
 * @param memoryLimit most bytes of rows that a query may read; one that reads more fails in its
 *     stream, after a keep-alive
 * @param batchesFirst number of batches with rows that such a query sends before it fails
 * @param breakOffAfter number of batches with rows after which every stream ends in UNAVAILABLE
 */
public record SandboxSettings(
    int port,
    Optional<String> token,
    InstantSource clock,
    Duration keepAlive,
    Duration latency,
    OptionalInt fileLimit,
    Duration fileSpan,
    OptionalLong memoryLimit,
    int batchesFirst,
    OptionalInt breakOffAfter) {

  /** A server in good health: no token, the system's clock, keep-alives every 5 s, no limits. */
  public static SandboxSettings standard() {
    return new SandboxSettings(
        0,
        Optional.empty(),
        InstantSource.system(),
        Duration.ofSeconds(5),
        Duration.ZERO,
        OptionalInt.empty(),
        Duration.ofMinutes(10),
        OptionalLong.empty(),
        0,
        OptionalInt.empty());
  }

  /** These settings with a port. */
  public SandboxSettings withPort(int chosen) {
    return new SandboxSettings(
        chosen,
        token,
        clock,
        keepAlive,
        latency,
        fileLimit,
        fileSpan,
        memoryLimit,
        batchesFirst,
        breakOffAfter);
  }

  /** These settings with a token to ask for. */
  public SandboxSettings withToken(String wanted) {
    return new SandboxSettings(
        port,
        Optional.of(wanted),
        clock,
        keepAlive,
        latency,
        fileLimit,
        fileSpan,
        memoryLimit,
        batchesFirst,
        breakOffAfter);
  }

  /** These settings with another clock. */
  public SandboxSettings withClock(InstantSource source) {
    return new SandboxSettings(
        port,
        token,
        source,
        keepAlive,
        latency,
        fileLimit,
        fileSpan,
        memoryLimit,
        batchesFirst,
        breakOffAfter);
  }

  /** These settings with another longest silence, above zero. */
  public SandboxSettings withKeepAlive(Duration silence) {
    return new SandboxSettings(
        port,
        token,
        clock,
        silence,
        latency,
        fileLimit,
        fileSpan,
        memoryLimit,
        batchesFirst,
        breakOffAfter);
  }

  /** These settings with a delay before the first row of each query. */
  public SandboxSettings withLatency(Duration delay) {
    return new SandboxSettings(
        port,
        token,
        clock,
        keepAlive,
        delay,
        fileLimit,
        fileSpan,
        memoryLimit,
        batchesFirst,
        breakOffAfter);
  }

  /** These settings with a limit on files, each of which covers {@code span} of time. */
  public SandboxSettings withFileLimit(int files, Duration span) {
    return new SandboxSettings(
        port,
        token,
        clock,
        keepAlive,
        latency,
        OptionalInt.of(files),
        span,
        memoryLimit,
        batchesFirst,
        breakOffAfter);
  }

  /** These settings with a limit on the bytes that a query reads. */
  public SandboxSettings withMemoryLimit(long bytes) {
    return new SandboxSettings(
        port,
        token,
        clock,
        keepAlive,
        latency,
        fileLimit,
        fileSpan,
        OptionalLong.of(bytes),
        batchesFirst,
        breakOffAfter);
  }

  /** These settings with so many batches sent by a query that reads more than the limit. */
  public SandboxSettings exhaustedAfter(int batches) {
    return new SandboxSettings(
        port,
        token,
        clock,
        keepAlive,
        latency,
        fileLimit,
        fileSpan,
        memoryLimit,
        batches,
        breakOffAfter);
  }

  /** These settings with streams that break off after some batches with rows. */
  public SandboxSettings breakingOffAfter(int batches) {
    return new SandboxSettings(
        port,
        token,
        clock,
        keepAlive,
        latency,
        fileLimit,
        fileSpan,
        memoryLimit,
        batchesFirst,
        OptionalInt.of(batches));
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "SandboxSettings[port="
        + port
        + ", keepAlive="
        + keepAlive
        + ", latency="
        + latency
        + "]";
  }
}
