package dev.tributary.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What home-made scripts do: write to the final name, slowly, then note that it was done. */
final class NaiveWriter {

  private static final int WINDOWS = 200;
  private static final int CHUNK = 1;

  private NaiveWriter() {}

  public static void main(String[] args) throws IOException {
    byte[] sample = Files.readAllBytes(Path.of(args[0]));
    Path lake = Path.of(args[1]);
    for (int window = 0; window < WINDOWS; window++) {
      try (OutputStream out = Files.newOutputStream(lake.resolve("w" + window + ".parquet"))) {
        for (int at = 0; at < sample.length; at += CHUNK) {
          out.write(sample, at, Math.min(CHUNK, sample.length - at));
        }
      }
    }
  }
}
