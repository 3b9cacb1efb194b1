package dev.tributary.land.objectstore;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often and when a store is asked again: up to 4 tries, 100 ms apart at first, from a budget
 * that all requests to one store share, so that a store in trouble is not asked ever more often. A
 * store's own {@code Retry-After}, seconds or date, is kept to up to 20 s. Safe for use by several
 * threads.
 */
final class Patience {

  private static final int TRIES = 4;
  private static final long FIRST_MILLIS = 100;
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final int BUDGET = 500;
  private static final int COST = 10;

  private final InstantSource clock;
  private final AtomicInteger budget = new AtomicInteger(BUDGET);

  Patience(InstantSource clock) {
    this.clock = clock;
  }

  /** A success earns back a part of what a further try costs. */
  void succeeded() {
    budget.updateAndGet(left -> Math.min(BUDGET, left + 1));
  }

  /** How long to wait before another try; absent if there should be none. */
  Optional<Duration> beforeTryAgain(int tries, Optional<String> retryAfter) {
    if (tries >= TRIES || budget.getAndUpdate(left -> left < COST ? left : left - COST) < COST) {
      return Optional.empty();
    }
    Duration own = Duration.ofMillis(FIRST_MILLIS << (2 * (tries - 1)));
    Duration asked = retryAfter.flatMap(this::read).orElse(own);
    if (asked.compareTo(LONGEST) > 0) {
      return Optional.empty();
    }
    return Optional.of(asked);
  }

  private Optional<Duration> read(String text) {
    String bare = text.strip();
    if (bare.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(bare)));
    }
    try {
      Instant then =
          ZonedDateTime.parse(bare, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
              .toInstant();
      Duration wait = Duration.between(clock.instant(), then);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Waits; returns false if the thread was interrupted, and leaves it so. */
  boolean sleep(Duration wait) {
    try {
      return !new CountDownLatch(1).await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
