package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.Output.Format;
import dev.tributary.job.Output.TimestampUnit;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

/** Hadoop is needed by the compiler alone, and not shipped. */
class WithoutHadoopTest {

  /** Writes and reads back one file of each format; loaded by a class loader without Hadoop. */
  public static final class WriteAndReadBack implements Callable<Boolean> {

    @Override
    public Boolean call() throws Exception {
      boolean whole = true;
      for (Format format : Format.values()) {
        Path file = Files.createTempFile("rows", "." + format.extension());
        try (BufferAllocator memory = new RootAllocator(64 << 20)) {
          WrittenFile written =
              WrittenFile.of(
                  file, WrittenFile.with(format, TimestampUnit.US), Table.hardValues(), memory);
          try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            whole &=
                ReadBack.of(channel, memory, Optional.of("time"))
                    .map(read -> read.content().digest().equals(written.content().digest()))
                    .orElse(false);
          }
        } finally {
          Files.delete(file);
        }
      }
      return whole;
    }
  }

  @Test
  void filesAreWrittenAndReadBackWithoutItsClasses() throws Exception {
    List<URL> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!Path.of(entry).getFileName().toString().startsWith("hadoop")) {
        path.add(Path.of(entry).toUri().toURL());
      }
    }
    try (URLClassLoader loader =
        new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      assertThatThrownBy(() -> loader.loadClass("org.apache.hadoop.conf.Configuration"))
          .isInstanceOf(ClassNotFoundException.class);
      Object writer =
          loader.loadClass(WriteAndReadBack.class.getName()).getDeclaredConstructor().newInstance();

      assertThat(((Callable<?>) writer).call()).isEqualTo(true);
    }
  }
}
