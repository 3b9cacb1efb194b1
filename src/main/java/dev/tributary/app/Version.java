package dev.tributary.app;

/** This program's version, as its jar says. */
public final class Version {

  private Version() {}

  /** For example {@code 0.1.0}; {@code dev} when it does not run from a jar. */
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
