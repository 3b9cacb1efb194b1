package dev.tributary.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes what packages carry beside the program: the manual page and the shell's completion. */
public final class Manual {

  private Manual() {}

  /**
   * Writes {@code tributary.1.gz} and {@code tributary.bash}; the same program gives the same
   * bytes.
   *
   * @param args the version, and the folder to write to, which is made
   */
  public static void main(String[] args) throws IOException {
    write(args[0], Path.of(args[1]));
  }

  static void write(String version, Path folder) throws IOException {
    CommandLine line = Tributary.line(Console.ofProcess());
    Files.createDirectories(folder);
    try (OutputStream page =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("tributary.1.gz")))) {
      page.write(ManualPage.of(line, version).getBytes(StandardCharsets.UTF_8));
    }
    // the shell reads the completion, it never starts it
    String completion = AutoComplete.bash("tributary", line).replaceFirst("^#!.*\\R", "");
    Files.writeString(folder.resolve("tributary.bash"), completion);
  }
}
