package dev.tributary.daemon;

import java.time.Duration;
import java.util.Optional;

/** Who watches over the daemon's process, if anybody does. Safe for use by several threads. */
interface Supervisor extends AutoCloseable {

  /** Nobody watches. */
  Supervisor NOBODY =
      new Supervisor() {
        @Override
        public void tell(String... assignments) {}

        @Override
        public Optional<Duration> patience() {
          return Optional.empty();
        }

        @Override
        public void close() {}
      };

  /** Says several things at once, such as {@code READY=1}; that nobody hears it is no failure. */
  void tell(String... assignments);

  /** How long without a sign of life until the process is ended; absent when that is no matter. */
  Optional<Duration> patience();

  @Override
  void close();
}
