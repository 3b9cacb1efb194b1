package dev.tributary;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import dev.tributary.query.BatchStream;
import dev.tributary.query.Memory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

  private static final Path SOURCES = Path.of("src/main/java");

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ArchitectureTest::isMain)
          .importPackages("dev.tributary");

  private static boolean isMain(Location location) {
    String path = location.asURI().getPath();
    int begin = path == null ? -1 : path.lastIndexOf("/dev/tributary/");
    if (begin < 0 || path.contains("/test-classes/")) {
      return false;
    }
    int end = path.indexOf('$', begin) < 0 ? path.length() - 6 : path.indexOf('$', begin);
    return !Files.exists(Path.of("src/test/java" + path.substring(begin, end) + ".java"));
  }

  @Test
  void theRulesSeeTheProgramAndNotItsTests() {
    assertThat(MAIN.contain(Main.class)).isTrue();
    assertThat(MAIN.contain(ArchitectureTest.class)).isFalse();
  }

  @ParameterizedTest
  @MethodSource
  void aPackageImportsOnlyWhatItsRowSays(PackageRow row) {
    classes()
        .that()
        .resideInAnyPackage(row.members())
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(row.imports())
        .allowEmptyShould(true)
        .check(MAIN);
  }

  static Stream<PackageRow> aPackageImportsOnlyWhatItsRowSays() {
    return PackageRow.ALL.stream();
  }

  @Test
  void everyPackageHasARow() {
    String[] known =
        PackageRow.ALL.stream().flatMap(row -> Stream.of(row.members())).toArray(String[]::new);

    classes().should().resideInAnyPackage(known).check(MAIN);
  }

  @Test
  void encodersKnowNothingOfQueriesButTheirBatches() {
    noClasses()
        .that()
        .resideInAPackage("dev.tributary.encode..")
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage("dev.tributary.query..")
                .and(JavaClass.Predicates.belongToAnyOf(BatchStream.class, Memory.class).negate()))
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.tributary.(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void nobodyReadsTheSystemClockOrSleeps() {
    noClasses()
        .should()
        .accessTargetWhere(
            uses("java.time", "now")
                .and(DescribedPredicate.describe("without a clock", ArchitectureTest::isBare)))
        .orShould()
        .accessTargetWhere(uses("java.lang.System", "currentTimeMillis"))
        .orShould()
        .accessTargetWhere(uses("java.util.Date", "<init>"))
        .orShould()
        .accessTargetWhere(uses("java.lang.Thread", "sleep"))
        .check(MAIN);
  }

  @Test
  void onlyTheCommandLinePrintsAndExits() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.tributary.cli..")
        .should()
        .accessTargetWhere(uses("java.lang.System", "out"))
        .orShould()
        .accessTargetWhere(uses("java.lang.System", "err"))
        .orShould()
        .accessTargetWhere(uses("java.lang.System", "exit"))
        .orShould()
        .accessTargetWhere(uses("java.lang", "printStackTrace"))
        .allowEmptyShould(true)
        .check(MAIN);
  }

  /** Calls, field accesses and method references alike. */
  private static DescribedPredicate<JavaAccess<?>> uses(String owner, String member) {
    return DescribedPredicate.describe(
        owner + "." + member,
        access ->
            access.getTargetOwner().getName().startsWith(owner) && access.getName().equals(member));
  }

  /** Without a clock among its arguments. */
  private static boolean isBare(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget unit
        && unit.getRawParameterTypes().isEmpty();
  }

  @Test
  void typesAreNamedAfterTheTrade() {
    noClasses()
        .should()
        .haveNameMatching(".*(Impl|Utils?|Manager|Helper)")
        .orShould()
        .haveNameMatching(".*[.$](Abstract|Base)[A-Z][^.$]*")
        .check(MAIN);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(MAIN.stream().map(JavaClass::getPackage).distinct())
        .allSatisfy(
            pack -> assertThat(pack.isAnnotatedWith(NullMarked.class)).as(pack.getName()).isTrue());
  }

  @Test
  void filesAreShort() {
    List<Long> lines = sources().map(ArchitectureTest::lines).sorted().toList();

    assertThat(sources()).allSatisfy(file -> assertThat(lines(file)).isLessThanOrEqualTo(500));
    assertThat(lines.get(lines.size() / 2)).isLessThanOrEqualTo(90);
  }

  private static Stream<Path> sources() {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
