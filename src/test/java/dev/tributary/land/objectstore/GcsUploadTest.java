package dev.tributary.land.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.land.Condition;
import dev.tributary.land.objectstore.ResumableServer.Mishap;
import dev.tributary.land.objectstore.StoreFault.Sort;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class GcsUploadTest {

  private static final int PART = 512 << 10;

  private final Deque<Mishap> mishaps = new ArrayDeque<>();

  @Test
  void whateverIsLostOnTheWayTheObjectIsPublishedOnceAndWhole() throws Exception {
    Mishap[] all = Mishap.values();
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      byte[] content = content(random, 3 * PART + random.nextInt(PART));
      try (ResumableServer server =
          new ResumableServer(
              () -> random.nextBoolean() ? Mishap.NONE : all[random.nextInt(all.length)])) {
        assertThat(write(server, content)).as("seed %d", seed).isEqualTo("17");
        assertThat(server.object()).as("seed %d", seed).isEqualTo(content);
        assertThat(server.publications()).as("seed %d", seed).isEqualTo(1);
      }
    }
  }

  @Test
  void anObjectOfWholePiecesEndsWithoutFurtherBytes() throws Exception {
    byte[] content = content(new Random(1), 2 * PART);
    try (ResumableServer server = new ResumableServer(() -> Mishap.NONE)) {
      write(server, content);
      assertThat(server.object()).isEqualTo(content);
    }
  }

  @Test
  void theLastRequestCarriesTheSumOfAllBytes() throws Exception {
    byte[] content = content(new Random(2), PART + 17);
    CRC32C sum = new CRC32C();
    sum.update(content);
    try (ResumableServer server = new ResumableServer(() -> Mishap.NONE)) {
      write(server, content);
      assertThat(server.hash()).isEqualTo("crc32c=" + GcsUpload.crc32c(sum));
    }
  }

  @Test
  void aLostAnswerToTheLastRequestIsFoundAgain() throws Exception {
    mishaps.addAll(List.of(Mishap.NONE, Mishap.LOST_AFTER));
    byte[] content = content(new Random(3), PART + 17);
    try (ResumableServer server = new ResumableServer(this::next)) {
      ObjectStore.Upload upload = begin(server);
      upload.part(Body.of(content));
      assertThatThrownBy(() -> upload.complete(Condition.ABSENT))
          .isInstanceOfSatisfying(
              StoreFault.class, e -> assertThat(e.sort()).isEqualTo(Sort.UNCLEAR));
      assertThat(upload.complete(Condition.ABSENT)).isEqualTo("17");
      assertThat(server.publications()).isEqualTo(1);
    }
  }

  @Test
  void aConditionOtherThanTheOneThatHeldAtTheBeginningIsRefusedUnasked() throws Exception {
    try (ResumableServer server = new ResumableServer(() -> Mishap.NONE)) {
      ObjectStore.Upload upload = begin(server);
      upload.part(Body.of(content(new Random(4), PART)));
      assertThatThrownBy(() -> upload.complete(Condition.unchanged("3")))
          .isInstanceOfSatisfying(
              StoreFault.class, e -> assertThat(e.sort()).isEqualTo(Sort.REFUSED));
      upload.abort();
      assertThat(server.publications()).isZero();
    }
  }

  @Test
  void whateverIsLostOnTheWayADiscardedUploadIsEnded() throws Exception {
    Mishap[] all = Mishap.values();
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      Body part = Body.of(content(random, PART));
      try (ResumableServer server =
          new ResumableServer(
              () -> random.nextBoolean() ? Mishap.NONE : all[random.nextInt(all.length)])) {
        ObjectStore.Upload upload = begin(server);
        untilClear(
            () -> {
              upload.part(part);
              return "";
            });
        assertThat(server.isPending()).as("seed %d", seed).isTrue();
        untilClear(
            () -> {
              upload.abort();
              return "";
            });
        assertThat(server.isPending()).as("seed %d", seed).isFalse();
        assertThat(server.publications()).as("seed %d", seed).isZero();
      }
    }
  }

  private Mishap next() {
    Mishap mishap = mishaps.poll();
    return mishap == null ? Mishap.NONE : mishap;
  }

  private static ObjectStore.Upload begin(ResumableServer server) throws StoreFault {
    return GcsStore.open(
            GcsServer.at(server.endpoint(), "bucket", "", Map.of()),
            secret -> {
              throw new AssertionError(secret);
            })
        .begin("object", Map.of());
  }

  private static String write(ResumableServer server, byte[] content) throws StoreFault {
    ObjectStore.Upload upload = begin(server);
    for (int from = 0; from < content.length; from += PART) {
      Body part = Body.of(Arrays.copyOfRange(content, from, Math.min(content.length, from + PART)));
      untilClear(
          () -> {
            upload.part(part);
            return "";
          });
    }
    return untilClear(() -> upload.complete(Condition.ABSENT));
  }

  private static String untilClear(Request request) throws StoreFault {
    for (; ; ) {
      try {
        return request.make();
      } catch (StoreFault e) {
        if (e.sort() != Sort.UNCLEAR) {
          throw e;
        }
      }
    }
  }

  private interface Request {
    String make() throws StoreFault;
  }

  private static byte[] content(Random random, int length) {
    byte[] content = new byte[length];
    random.nextBytes(content);
    return content;
  }
}
