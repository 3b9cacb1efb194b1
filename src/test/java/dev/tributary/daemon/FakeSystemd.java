package dev.tributary.daemon;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A notify socket, and everything that was said to it. */
final class FakeSystemd implements AutoCloseable {

  private final EventLoopGroup loop = new EpollEventLoopGroup(1);
  private final Channel channel;
  private final BlockingQueue<List<String>> heard = new LinkedBlockingQueue<>();

  /** Listens at a path, or at an abstract name that begins with a zero byte. */
  FakeSystemd(String path) {
    channel =
        new Bootstrap()
            .group(loop)
            .channel(EpollDomainDatagramChannel.class)
            .handler(
                new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                  @Override
                  protected void channelRead0(
                      ChannelHandlerContext context, DomainDatagramPacket packet) {
                    String said = packet.content().toString(StandardCharsets.UTF_8);
                    heard.add(said.lines().toList());
                  }
                })
            .bind(new DomainSocketAddress(path))
            .syncUninterruptibly()
            .channel();
  }

  /** The next message that says so, whatever comes before it. */
  List<String> await(String beginning) throws InterruptedException {
    while (true) {
      List<String> said = heard.poll(20, TimeUnit.SECONDS);
      if (said == null) {
        throw new AssertionError("nothing said '" + beginning + "'");
      }
      if (said.stream().anyMatch(line -> line.startsWith(beginning))) {
        return said;
      }
    }
  }

  /** How much is said before nothing is said for so long; at most ten messages are waited for. */
  int messagesUntilSilentFor(long milliseconds) throws InterruptedException {
    heard.clear();
    int messages = 0;
    while (messages < 10 && heard.poll(milliseconds, TimeUnit.MILLISECONDS) != null) {
      messages++;
    }
    return messages;
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
