package dev.tributary.land;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who holds a lock file, as the file itself says: a courtesy to whoever waits for it. */
final class Holder {

  private static final Pattern SIGNED = Pattern.compile("pid=(\\d{1,19}) host=(\\S{0,255})\n");
  private static final int LONGEST = 300;
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final String OURS =
      "pid=" + ProcessHandle.current().pid() + " host=" + hostName() + "\n";

  private Holder() {}

  /** Signs a file whose lock is ours; where that fails it says nothing rather than what is old. */
  static void sign(FileChannel file) {
    try {
      if (!text(file).equals(OURS)) {
        file.truncate(0);
        file.write(ByteBuffer.wrap(OURS.getBytes(StandardCharsets.UTF_8)), 0);
      }
    } catch (IOException e) {
      // a full disk keeps nobody from publishing what is staged already
    }
  }

  /**
   * Who signed last, as words. Reads the waiting thread's own channel, for to close another one
   * would drop a lock that was granted meanwhile.
   */
  static String of(FileChannel file) {
    try {
      Matcher signed = SIGNED.matcher(text(file));
      return signed.matches()
          ? "process " + signed.group(1) + " on '" + signed.group(2) + "'"
          : "another process";
    } catch (IOException e) {
      return "another process";
    }
  }

  private static String text(FileChannel file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
    while (bytes.hasRemaining() && file.read(bytes, bytes.position()) >= 0) {
      // a short read goes on
    }
    return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
  }

  private static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException e) {
      return System.getenv().getOrDefault("COMPUTERNAME", "?");
    }
  }
}
