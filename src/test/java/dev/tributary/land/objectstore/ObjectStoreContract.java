package dev.tributary.land.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.ObjectKey;
import dev.tributary.land.Condition;
import dev.tributary.land.DestinationContract;
import dev.tributary.land.Landing;
import dev.tributary.land.StagedObject;
import dev.tributary.land.StoredObject;
import java.io.OutputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every object store must do besides: objects of several parts, and any letters in keys. */
interface ObjectStoreContract extends DestinationContract {

  int THREE_PARTS = (16 << 20) + 5;

  @Test
  default void aLargeObjectIsInvisibleUntilItsCommitAndThenWhole() throws Exception {
    byte[] content = content();
    try (StagedObject staged = destination().stage(KEY)) {
      write(staged, content);
      assertThat(destination().look(KEY)).isEmpty();
      assertThat(destination().list(new ObjectKey("cpu"))).isEmpty();
      assertThat(staged.commit(Condition.ABSENT)).isInstanceOf(Landing.Landed.class);
    }
    assertThat(destination().read(KEY))
        .hasValueSatisfying(there -> assertThat(there).isEqualTo(content));
  }

  @Test
  default void aLargeObjectNeitherOverwritesNorReplacesWhatItHasNotSeen() throws Exception {
    StoredObject first = put(KEY, "first");
    assertThat(large(Condition.ABSENT)).isInstanceOf(Landing.Refused.class);
    destination().overwrite(KEY, DestinationContract.bytes("other"));
    assertThat(large(Condition.unchanged(first.version()))).isInstanceOf(Landing.Refused.class);
    assertThat(text(KEY)).isEqualTo("other");

    String seen = destination().look(KEY).orElseThrow().version();
    Landing landing = large(Condition.unchanged(seen));

    assertThat(landing).isInstanceOf(Landing.Landed.class);
    assertThat(destination().look(KEY)).contains(((Landing.Landed) landing).object());
  }

  @Test
  default void aLargeObjectDoesNotReplaceWhatWasRemoved() throws Exception {
    StoredObject first = put(KEY, "first");
    destination().delete(KEY);

    assertThat(large(Condition.unchanged(first.version()))).isInstanceOf(Landing.Refused.class);
    assertThat(destination().look(KEY)).isEmpty();
  }

  @Test
  default void keysMayHoldSpacesAndAnyLetters() throws Exception {
    for (String key : List.of("a b/c+d %20.txt", "a b/ü/日本.txt", "a b/x=1&y?#.txt")) {
      put(new ObjectKey(key), key);
      assertThat(text(new ObjectKey(key))).isEqualTo(key);
    }
    assertThat(DestinationContract.keys(destination().list(new ObjectKey("a b"))))
        .containsExactly("a b/c+d %20.txt", "a b/x=1&y?#.txt", "a b/ü/日本.txt");
    assertThat(destination().folders(new ObjectKey("a b"))).containsExactly("ü");
  }

  default Landing large(Condition condition) throws Exception {
    try (StagedObject staged = destination().stage(KEY)) {
      write(staged, content());
      return staged.commit(condition);
    }
  }

  static byte[] content() {
    byte[] content = new byte[THREE_PARTS];
    new Random(11).nextBytes(content);
    return content;
  }

  static void write(StagedObject staged, byte[] content) throws Exception {
    try (OutputStream stream = staged.stream()) {
      stream.write(content);
    }
  }
}
