package dev.tributary.land;

import static dev.tributary.land.DestinationContract.bytes;
import static dev.tributary.land.DestinationContract.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDestinationTest implements DestinationContract {

  private final Path folder;

  LocalDestinationTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Override
  public Destination destination() {
    try {
      return LocalDestination.open(spec(folder.resolve("lake/rollups"), false));
    } catch (Failure e) {
      throw new AssertionError(e);
    }
  }

  static DestinationSpec spec(Path prefix, boolean singleWriter) {
    String url = "file://" + prefix;
    return new DestinationSpec("lake", URI.create(url), singleWriter, Map.of(), Map.of());
  }

  private LocalDestination destination(DiskCalls disk, boolean singleWriter) throws Failure {
    return LocalDestination.open(
        spec(folder.resolve("lake/rollups"), singleWriter), disk, new LiveTemps());
  }

  @Test
  void lookingCreatesNothing() throws Exception {
    Destination destination = destination();
    destination.look(KEY);
    destination.read(KEY);
    destination.open(KEY);
    destination.list(new ObjectKey("_tributary"));
    destination.folders(new ObjectKey("_tributary"));
    destination.sweep();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void filesAndFoldersAreOpenToTheGroupAndStagingIsNot() throws Exception {
    put(KEY, "x");
    Path root = folder.resolve("lake/rollups");

    assertThat(permissions(root.resolve(KEY.value()))).isEqualTo("rw-r-----");
    assertThat(permissions(root)).isEqualTo("rwxr-x---");
    assertThat(permissions(root.resolve("cpu"))).isEqualTo("rwxr-x---");
    assertThat(permissions(root.resolve("_tributary"))).isEqualTo("rwxr-x---");
    assertThat(permissions(root.resolve("_tributary/staging"))).isEqualTo("rwx------");
  }

  @Test
  void whatIsStagedLiesOutOfSightAndIsGoneAfterwards() throws Exception {
    Destination destination = destination();
    try (StagedObject staged = destination.stage(KEY)) {
      write(staged, "x");
      assertThat(temps()).hasSize(1);
      assertThat(files(folder.resolve("lake/rollups"))).hasSize(1);
      assertThat(destination.list(new ObjectKey("_tributary"))).isEmpty();
    }
    assertThat(temps()).isEmpty();
    put(KEY, "x");
    assertThat(temps()).isEmpty();
  }

  @Test
  void theSweepKeepsWhatThisProcessIsWriting() throws Exception {
    Destination destination = destination();
    try (StagedObject staged = destination.stage(KEY)) {
      write(staged, "x");
      assertThat(destination().sweep()).isZero();
      assertThat(staged.commit(Condition.ABSENT)).isInstanceOf(Landing.Landed.class);
    }
  }

  @Test
  void theSweepRemovesWhatNobodyHolds() throws Exception {
    put(KEY, "x");
    Path leftover = folder.resolve("lake/rollups/_tributary/staging/0123-1.tmp");
    Files.writeString(leftover, "half");

    assertThat(destination().sweep()).isEqualTo(1);
    assertThat(leftover).doesNotExist();
    assertThat(text(KEY)).isEqualTo("x");
  }

  @Test
  void aDirectoryThatIsRemovedMeanwhileIsMadeAgain() throws Exception {
    Destination destination = destination();
    destination.put(KEY, bytes("x"), Condition.ABSENT);
    destination.delete(KEY);
    Files.delete(folder.resolve("lake/rollups/cpu/date=2026-11-22"));
    Files.delete(folder.resolve("lake/rollups/cpu"));

    assertThat(destination.put(KEY, bytes("x"), Condition.ABSENT))
        .isInstanceOf(Landing.Landed.class);
  }

  @Test
  void thePrefixMayBeReachedThroughALink() throws Exception {
    Path real = Files.createDirectories(folder.resolve("real"));
    Files.createDirectories(folder.resolve("lake"));
    Files.createSymbolicLink(folder.resolve("lake/rollups"), real);
    put(KEY, "x");

    assertThat(text(KEY)).isEqualTo("x");
    assertThat(real.resolve(KEY.value())).hasContent("x");
  }

  @Test
  void aPlantedLinkLeadsNowhere() throws Exception {
    put(new ObjectKey("other/1"), "x");
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "s");
    Files.createSymbolicLink(folder.resolve("lake/rollups/cpu"), outside);
    Files.createSymbolicLink(folder.resolve("lake/rollups/file"), outside.resolve("secret"));

    assertFails(() -> put(KEY, "x"), Kind.CANNOT_WRITE, "is a symbolic link");
    assertFails(
        () -> destination().read(new ObjectKey("cpu/secret")),
        Kind.UNREACHABLE,
        "is a symbolic link");
    assertFails(
        () -> destination().read(new ObjectKey("file")), Kind.UNREACHABLE, "is a symbolic link");
    assertThat(destination().list(new ObjectKey("cpu"))).isEmpty();
    assertThat(files(outside)).hasSize(1);
  }

  @Test
  void aStagingThatIsALinkIsRefused() throws Exception {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.createDirectories(folder.resolve("lake/rollups/_tributary"));
    Files.createSymbolicLink(folder.resolve("lake/rollups/_tributary/staging"), outside);

    assertFails(() -> put(KEY, "x"), Kind.CANNOT_WRITE, "is a symbolic link");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void aFileInPlaceOfADirectoryIsNamed() throws Exception {
    Files.writeString(folder.resolve("lake"), "a file");
    assertFails(() -> put(KEY, "x"), Kind.CANNOT_WRITE, "lake' is not a directory");
  }

  @Test
  void aDirectoryInPlaceOfAnObjectIsNamed() throws Exception {
    put(new ObjectKey("cpu/x/1"), "x");
    assertFails(
        () -> destination().look(new ObjectKey("cpu/x")),
        Kind.UNREACHABLE,
        "something else is in its place");
  }

  @Test
  void aNameThatIsTooLongIsAMatterOfTheDefinition() {
    ObjectKey key = new ObjectKey("cpu/" + "x".repeat(300));
    assertFails(
        () -> destination().put(key, bytes("x"), Condition.ABSENT),
        Kind.CONFIGURATION,
        "file name too long; nothing was published, choose a shorter path");
  }

  @Test
  void anAddressThatIsNoDirectoryIsAMatterOfTheDefinition() {
    DestinationSpec spec =
        new DestinationSpec("lake", URI.create("s3://lake/x"), false, Map.of(), Map.of());
    assertFails(
        () -> LocalDestination.open(spec), Kind.CONFIGURATION, "write it as 'file:///path'");
  }

  @Test
  void aLedgerOfAnotherUserIsRefusedAndTheUserNamed() throws Exception {
    put(KEY, "x");
    Destination ours = destination(FaultyDisk.sound().ownedBy("tributary"), false);

    assertFails(
        () -> ours.stage(KEY), Kind.NOT_AUTHORISED, "belongs to user 'tributary', and this is");
    assertFails(() -> ours.put(KEY, bytes("x"), Condition.ABSENT), Kind.NOT_AUTHORISED, "run as");
    assertFails(ours::sweep, Kind.NOT_AUTHORISED, "run as 'tributary'");
    assertThat(ours.read(KEY)).isPresent();
  }

  @Test
  void aFileSystemWithoutLinksIsRefusedUnlessOneWriterIsPromised() throws Exception {
    assertFails(
        () -> destination(FaultyDisk.sound().withoutLinks(), false).stage(KEY),
        Kind.CONFIGURATION,
        "has no hard links");
    assertFails(
        () -> destination(FaultyDisk.sound().withoutLocks(), false).stage(KEY),
        Kind.CONFIGURATION,
        "has no locks");

    Destination alone = destination(FaultyDisk.sound().withoutLinks().withoutLocks(), true);
    assertThat(alone.put(KEY, bytes("x"), Condition.ABSENT)).isInstanceOf(Landing.Landed.class);
    assertThat(alone.put(KEY, bytes("y"), Condition.ABSENT)).isInstanceOf(Landing.Refused.class);
    assertThat(alone.read(KEY)).hasValueSatisfying(c -> assertThat(c).isEqualTo(bytes("x")));
    assertThat(temps()).isEmpty();
    Files.writeString(folder.resolve("lake/rollups/_tributary/staging/0123-1.tmp"), "half");
    assertThat(alone.sweep()).isEqualTo(1);
  }

  @Test
  void aBrokenStreamCannotBeCommitted() throws Exception {
    put(new ObjectKey("other/1"), "x");
    FaultyDisk sound = FaultyDisk.sound();
    destination(sound, false).put(new ObjectKey("other/2"), bytes("x"), Condition.ABSENT);
    int write = sound.calls().indexOf("write") + 1;
    FaultyDisk disk = FaultyDisk.failing(write, "No space left on device");
    try (StagedObject staged = destination(disk, false).stage(KEY)) {
      assertThatThrownBy(() -> staged.stream().write(new byte[100_000]))
          .isInstanceOf(IOException.class)
          .hasMessage("no space left on device");
      assertFails(
          () -> staged.commit(Condition.ABSENT),
          Kind.CANNOT_WRITE,
          "no space left on device; nothing was published, free some space there");
    }
    assertThat(destination().look(KEY)).isEmpty();
    assertThat(temps()).isEmpty();
  }

  @Test
  void whoVouchesForADeadWritersObjectMakesItsNameLast() throws Exception {
    put(new ObjectKey("other/1"), "x");
    FaultyDisk sound = FaultyDisk.sound();
    destination(sound, false).put(KEY, bytes("x"), Condition.ABSENT);
    int afterLink = sound.calls().lastIndexOf("link") + 2;
    destination().delete(KEY);
    FaultyDisk dying = FaultyDisk.dying(afterLink);
    assertThatThrownBy(() -> destination(dying, false).put(KEY, bytes("x"), Condition.ABSENT))
        .isInstanceOf(FaultyDisk.Died.class);

    FaultyDisk next = FaultyDisk.sound();
    Destination successor = destination(next, false);
    successor.lock(new JobName("cpu")).close();
    int before = next.calls().size();
    successor.open(KEY).orElseThrow().close();
    assertThat(next.calls().subList(before, next.calls().size()))
        .containsExactly("syncDirectory date=2026-11-22");
  }

  @Test
  void aFullDiskIsSaidToBeFull() throws Exception {
    Path full = Path.of("/dev/full");
    assumeThat(Files.exists(full)).isTrue();
    try (var channel =
        java.nio.channels.FileChannel.open(full, java.nio.file.StandardOpenOption.WRITE)) {
      assertThatThrownBy(
              () -> new SystemDisk().write(channel, java.nio.ByteBuffer.wrap(new byte[1])))
          .isInstanceOfSatisfying(
              IOException.class,
              e -> assertThat(DiskReason.of(e)).isEqualTo("no space left on device"));
    }
  }

  private static void assertFails(ThrowingCallable call, Kind kind, String sentence) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(kind);
              assertThat(failure.sentence()).contains(sentence).startsWith("cannot ");
              assertThat(failure.sentence()).doesNotContain("Exception").doesNotEndWith(".");
            });
  }

  private List<Path> temps() throws IOException {
    Path staging = folder.resolve("lake/rollups/_tributary/staging");
    return Files.exists(staging)
        ? files(staging).stream().filter(path -> path.toString().endsWith(".tmp")).toList()
        : List.of();
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }
}
