package dev.tributary.job;

import java.util.regex.Pattern;

/**
 * The name of a job, which is also its folder in the ledger: {@code [a-z0-9][a-z0-9-]{0,62}}.
 * Ordered alphabetically.
 */
public record JobName(String value) implements Comparable<JobName> {

  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /**
   * @throws IllegalArgumentException if the text does not have the form above
   */
  public JobName {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException("not a job name: '" + value + "'");
    }
  }

  /** Whether a text may name a job, a source or a destination: all three have one form. */
  public static boolean isWellFormed(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public int compareTo(JobName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
