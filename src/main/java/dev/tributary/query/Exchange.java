package dev.tributary.query;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.AbstractStub;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.arrow.flight.CallOptions.GrpcCallOption;
import org.jspecify.annotations.Nullable;

/**
 * One call, seen from below the Flight library: sends the token, hears every message, keeps the
 * status that the library would blur, and can end the call. Safe for use by several threads.
 */
final class Exchange implements GrpcCallOption {

  /** Why we ended a call ourselves. */
  enum Stop {
    SILENCE,
    SOURCE_CLOSED,
    INTERRUPTED,
    ABANDONED
  }

  private static final CallOptions.Key<Exchange> KEY = CallOptions.Key.create("exchange");
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Optional<String> token;
  private final Watchdog watchdog;
  private final CountDownLatch answered = new CountDownLatch(1);
  private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
  private volatile @Nullable ClientCall<?, ?> call;
  private volatile @Nullable Status ended;

  /**
   * @param alarms makes the watchdog that ends this call when the server falls silent
   */
  Exchange(Optional<String> token, java.util.function.Function<Runnable, Watchdog> alarms) {
    this.token = token;
    this.watchdog = alarms.apply(() -> stop(Stop.SILENCE));
  }

  /** To be installed on every channel; calls without an exchange pass untouched. */
  static ClientInterceptor interceptor() {
    return new ClientInterceptor() {
      @Override
      public <Q, A> ClientCall<Q, A> interceptCall(
          MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        ClientCall<Q, A> call = next.newCall(method, options);
        Exchange exchange = options.getOption(KEY);
        return exchange == null ? call : exchange.over(call);
      }
    };
  }

  @Override
  public <T extends AbstractStub<T>> T wrapStub(T stub) {
    return stub.withOption(KEY, this);
  }

  /** Blocks until the first message was handed on or the call has ended. */
  void awaitAnswer() throws InterruptedException {
    answered.await();
  }

  /** Ends the call at the server, unless it has ended; the first reason is kept. */
  void stop(Stop reason) {
    if (ended == null) {
      stop.compareAndSet(null, reason);
    }
    ClientCall<?, ?> running = call;
    if (running != null) {
      running.cancel(reason.name(), null);
    }
  }

  /** Why we ended the call, if it was us. */
  Optional<Stop> stopped() {
    return Optional.ofNullable(stop.get());
  }

  /** How the call ended, in gRPC's own words. */
  Optional<Status> ended() {
    return Optional.ofNullable(ended);
  }

  Watchdog watchdog() {
    return watchdog;
  }

  private <Q, A> ClientCall<Q, A> over(ClientCall<Q, A> plain) {
    call = plain;
    return new SimpleForwardingClientCall<>(plain) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        token.ifPresent(value -> headers.put(AUTHORIZATION, "Bearer " + value));
        super.start(listening(listener), headers);
      }
    };
  }

  private <A> ClientCall.Listener<A> listening(ClientCall.Listener<A> listener) {
    return new SimpleForwardingClientCallListener<>(listener) {
      @Override
      public void onMessage(A message) {
        watchdog.heard();
        super.onMessage(message);
        answered.countDown();
      }

      @Override
      public void onClose(Status status, Metadata trailers) {
        // kept before the library hears of it, so that whoever it wakes finds it
        ended = status;
        watchdog.close();
        super.onClose(status, trailers);
        answered.countDown();
      }
    };
  }
}
