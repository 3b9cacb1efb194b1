package dev.tributary.land.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.DestinationSpec;
import dev.tributary.testing.ChildJvm;
import dev.tributary.testing.Counts;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is larger than the memory of the process that uploads it. */
class LargeUploadTest {

  private static final long LONGEST_MILLIS = 400_000;
  private static final Pattern RATIO = Pattern.compile("ratio (\\d+\\.\\d+)");

  @Test
  void toS3ItIsStreamedAndAsFastAsAPlainUpload(@TempDir Path folder) throws Exception {
    URI store = S3Proxy.onDisk(folder);
    upload(S3Proxy.at(store, S3Proxy.newBucket(store), "x"));
  }

  @Test
  void toAzureItIsStreamedAndAsFastAsAPlainUpload(@TempDir Path folder) throws Exception {
    try (Azurite azurite = Azurite.start(folder)) {
      upload(azurite.spec("x"));
    }
  }

  @Test
  void toGoogleItIsStreamedAndAsFastAsAPlainUpload() throws Exception {
    upload(GcsServer.spec("x"));
  }

  private static void upload(DestinationSpec spec) throws Exception {
    int parts = Counts.of(8, 128);
    try (ChildJvm child =
        ChildJvm.start(UploadProcess.class, UploadProcess.arguments(spec, parts))) {
      child.endsWithin(LONGEST_MILLIS);
      assertThat(child.await()).as(child.printed()).isZero();
      System.out.print(child.printed());
      Matcher ratio = RATIO.matcher(child.printed());
      assertThat(ratio.find()).isTrue();
      // times are promised of a machine that does nothing else
      if (Counts.of(0, 1) == 1) {
        assertThat(Double.parseDouble(ratio.group(1))).isGreaterThanOrEqualTo(0.9);
      }
    }
  }
}
