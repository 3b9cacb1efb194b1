package dev.tributary.job;

import java.time.Duration;
import java.util.Locale;

/** The length of a job's windows, as written in {@code window.every}. */
public sealed interface Every {

  <R> R fold(Cases<R> cases);

  /** One answer for each kind of length. */
  interface Cases<R> {
    R fixed(Fixed fixed);

    R calendar(Calendar calendar);
  }

  /**
   * A divisor of a day from one minute to twelve hours; its windows lie on the UTC grid whatever
   * the zone.
   */
  record Fixed(Duration length) implements Every {

    /**
     * @throws IllegalArgumentException unless {@code length} is whole minutes, 1m to 12h, and
     *     divides a day
     */
    public Fixed {
      if (!fits(length)) {
        throw new IllegalArgumentException("not a divisor of a day from 1m to 12h: " + length);
      }
    }

    public static boolean fits(Duration length) {
      return length.equals(Duration.ofMinutes(length.toMinutes()))
          && length.toMinutes() >= 1
          && length.toMinutes() <= 720
          && 1440 % length.toMinutes() == 0;
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.fixed(this);
    }

    /** As in YAML: {@code 15m}, {@code 6h}. */
    @Override
    public String toString() {
      long minutes = length.toMinutes();
      return minutes % 60 == 0 ? minutes / 60 + "h" : minutes + "m";
    }
  }

  /** A day, ISO week, month or year of the job's zone; a day may last 23 to 25 hours. */
  enum Calendar implements Every {
    DAY("1d"),
    WEEK("1w"),
    MONTH("1mo"),
    YEAR("1y");

    private final String text;

    Calendar(String text) {
      this.text = text;
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.calendar(this);
    }

    /** As in YAML. */
    @Override
    public String toString() {
      return text.toLowerCase(Locale.ROOT);
    }
  }
}
