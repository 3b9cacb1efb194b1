package dev.tributary.daemon;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * systemd, by its protocol of notifications: one datagram a message, on a Unix socket that {@code
 * NOTIFY_SOCKET} names. Java itself has no such datagrams. Safe for use by several threads.
 */
final class NotifySocket implements Supervisor {

  private static final Logger log = LoggerFactory.getLogger(NotifySocket.class);
  private static final long CLOSING_MILLIS = 500;

  private final EventLoopGroup loop;
  private final Channel channel;
  private final Optional<Duration> patience;

  private NotifySocket(EventLoopGroup loop, Channel channel, Optional<Duration> patience) {
    this.loop = loop;
    this.channel = channel;
    this.patience = patience;
  }

  /** Who supervises a process with this environment; nobody, if its socket cannot be used. */
  static Supervisor of(Map<String, String> environment) {
    String name = environment.get("NOTIFY_SOCKET");
    if (name == null || name.isEmpty()) {
      return NOBODY;
    }
    try {
      return connected(name, patience(environment));
    } catch (LinkageError | RuntimeException e) {
      log.warn("cannot speak to systemd at '{}': {}; it hears nothing of us", name, e.toString());
      return NOBODY;
    }
  }

  private static Supervisor connected(String name, Optional<Duration> patience) {
    EventLoopGroup loop = new EpollEventLoopGroup(1, new DefaultThreadFactory("systemd", true));
    // an abstract socket, which no file stands for, is written with '@' and begins with a zero byte
    String path = name.startsWith("@") ? "\0" + name.substring(1) : name;
    ChannelFuture connect =
        new Bootstrap()
            .group(loop)
            .channel(EpollDomainDatagramChannel.class)
            .handler(new ChannelInboundHandlerAdapter())
            .connect(new DomainSocketAddress(path))
            .awaitUninterruptibly();
    if (!connect.isSuccess()) {
      loop.shutdownGracefully(0, CLOSING_MILLIS, TimeUnit.MILLISECONDS)
          .awaitUninterruptibly(CLOSING_MILLIS);
      log.warn("cannot speak to systemd at '{}'; it hears nothing of us", name);
      return NOBODY;
    }
    return new NotifySocket(loop, connect.channel(), patience);
  }

  private static Optional<Duration> patience(Map<String, String> environment) {
    String micros = environment.get("WATCHDOG_USEC");
    String pid = environment.get("WATCHDOG_PID");
    boolean ours = pid == null || pid.equals(Long.toString(ProcessHandle.current().pid()));
    return micros != null && ours && micros.matches("[1-9][0-9]{0,17}")
        ? Optional.of(Duration.of(Long.parseLong(micros), ChronoUnit.MICROS))
        : Optional.empty();
  }

  @Override
  public void tell(String... assignments) {
    String message = String.join("\n", assignments);
    channel
        .writeAndFlush(Unpooled.copiedBuffer(message, StandardCharsets.UTF_8))
        .addListener(
            sent -> {
              if (!sent.isSuccess()) {
                log.debug("systemd did not hear '{}'", message, sent.cause());
              }
            });
  }

  @Override
  public Optional<Duration> patience() {
    return patience;
  }

  @Override
  public void close() {
    channel.close().awaitUninterruptibly(CLOSING_MILLIS);
    loop.shutdownGracefully(0, CLOSING_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CLOSING_MILLIS);
  }
}
