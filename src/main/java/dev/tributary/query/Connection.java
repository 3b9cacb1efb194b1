package dev.tributary.query;

import dev.tributary.job.Failure;
import dev.tributary.job.Source;
import io.grpc.ConnectivityState;
import io.grpc.HttpConnectProxiedSocketAddress;
import io.grpc.ManagedChannel;
import io.grpc.ProxiedSocketAddress;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The channel to one server, made at first use. A channel that failed to connect is thrown away, so
 * that the next call looks the host up, reads the certificates and connects afresh instead of being
 * told an old error. Safe for use by several threads.
 */
final class Connection implements AutoCloseable {

  private static final int INFLUXDB_PORT = 8181;
  private static final int HTTPS_PORT = 443;

  /** Longest wait for the connection's thread to end. */
  private static final long CLOSING_MILLIS = 500;

  private final Source source;
  private final int messageBytes;
  private @Nullable NioEventLoopGroup loop;
  private @Nullable ManagedChannel channel;
  private boolean closed;

  /**
   * @param messageBytes largest single message accepted
   */
  Connection(Source source, int messageBytes) {
    this.source = source;
    this.messageBytes = messageBytes;
  }

  /**
   * A channel that may be tried; nothing has been sent on it yet.
   *
   * @throws Failure if the address or the certificates cannot be used, or after {@link #close}
   */
  synchronized ManagedChannel channel() throws Failure {
    if (closed) {
      throw new Failure(
          Failure.Kind.TRY_AGAIN,
          "cannot reach source '%s': this process is being stopped; the next run asks again"
              .formatted(source.name()));
    }
    ManagedChannel current = channel;
    if (current != null && current.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      // calls that still run on it may end in peace
      current.shutdown();
      current = null;
    }
    if (current == null) {
      current = build();
      channel = current;
    }
    return current;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (channel != null) {
      channel.shutdownNow();
    }
    if (loop != null) {
      loop.shutdownGracefully(0, CLOSING_MILLIS, TimeUnit.MILLISECONDS)
          .awaitUninterruptibly(CLOSING_MILLIS);
    }
  }

  /**
   * A thread of our own, ended with the connection. One of those that all channels may share lives
   * on for a second, and a Java that exits waits 300 ms for any thread inside a system call.
   */
  private NioEventLoopGroup loop() {
    NioEventLoopGroup current = loop;
    if (current == null) {
      current = new NioEventLoopGroup(1, new DefaultThreadFactory("source-" + source.name(), true));
      loop = current;
    }
    return current;
  }

  /** The way to a server through a proxy, which looks the server's name up itself. */
  private static ProxiedSocketAddress behind(URI proxy, SocketAddress target) {
    return HttpConnectProxiedSocketAddress.newBuilder()
        .setProxyAddress(new InetSocketAddress(proxy.getHost(), proxy.getPort()))
        .setTargetAddress((InetSocketAddress) target)
        .build();
  }

  private ManagedChannel build() throws Failure {
    URI url = source.url();
    String host = url.getHost();
    if (host == null) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "cannot reach source '%s': 'url' names no host; write it as grpc://host:port"
              .formatted(source.name()));
    }
    int port = url.getPort();
    if (port < 0) {
      port = source.encrypted() ? HTTPS_PORT : INFLUXDB_PORT;
    }
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(host, port)
            .withOption(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                Math.toIntExact(source.timeouts().connect().toMillis()))
            .eventLoopGroup(loop())
            .channelType(NioSocketChannel.class)
            .maxInboundMessageSize(messageBytes)
            .userAgent("tributary")
            // whether to try again is decided by whoever asked
            .disableRetry()
            .disableServiceConfigLookUp()
            .idleTimeout(10, TimeUnit.MINUTES)
            .intercept(Exchange.interceptor());
    source.proxy().ifPresent(proxy -> builder.proxyDetector(target -> behind(proxy, target)));
    if (source.encrypted()) {
      builder.useTransportSecurity().sslContext(Tls.context(source));
    } else {
      builder.usePlaintext();
    }
    return builder.build();
  }
}
