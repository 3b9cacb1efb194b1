package dev.tributary.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The sandbox held against recorded answers of a real InfluxDB 3 Core. */
class SandboxGoldenTest {

  private static final int LEAST_EQUAL = 68;
  private static final int FILES = 39;

  private static final InstantSource RECORDED =
      InstantSource.fixed(Instant.parse("2026-11-23T04:00:00Z"));

  private static Sandbox sandbox;
  private static Sandbox full;
  private static final List<String> EQUAL = new ArrayList<>();
  private static final List<String> REFUSED = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.start(SandboxSettings.standard());
    String home = Files.readString(GoldenCase.folder().resolve("home.lp"));
    sandbox.load("home", home, TimeUnit.SECONDS);
    full = Sandbox.start(SandboxSettings.standard().withFileLimit(5, Duration.ofMinutes(10)));
    StringBuilder files = new StringBuilder();
    for (int i = 0; i < FILES; i++) {
      files.append("m v=1 ").append(i * 10).append('\n');
    }
    full.load("home", files.toString(), TimeUnit.MINUTES);
    String types = Files.readString(GoldenCase.folder().resolve("types.lp"));
    sandbox.load("types", types, TimeUnit.NANOSECONDS);
  }

  @AfterAll
  static void stop() {
    sandbox.close();
    full.close();
  }

  @TestFactory
  Stream<DynamicTest> everyRecordedAnswerIsGivenOrRefusedByName() throws Exception {
    Stream<DynamicTest> cases =
        GoldenCase.all().stream()
            .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> check(golden)));
    return Stream.concat(
        cases,
        Stream.of(
            DynamicTest.dynamicTest(
                "most are given",
                () ->
                    assertThat(EQUAL)
                        .as("refused: %s", REFUSED)
                        .hasSizeGreaterThan(LEAST_EQUAL - 1))));
  }

  private static void check(GoldenCase golden) throws Exception {
    Assumptions.assumeTrue(
        !golden.name().equals("sql-keep-alive")
            || "full".equals(System.getProperty("tributary.test.counts")),
        "takes many seconds of two processors");
    Answer answer = answer(golden);
    if (answer.message().contains("the sandbox does not support ")) {
      assertThat(answer.status()).isIn("INVALID_ARGUMENT", "UNIMPLEMENTED");
      REFUSED.add(golden.name());
      Assumptions.abort("refused by name: " + answer.message());
    }
    golden.compare(answer);
    EQUAL.add(golden.name());
  }

  private static Answer answer(GoldenCase golden) throws Exception {
    SandboxSettings standard = SandboxSettings.standard().withClock(RECORDED);
    String authorization = "";
    byte[] ticket = golden.ticket();
    if (golden.name().startsWith("auth-")) {
      sandbox.change(standard.withToken("secret-of-the-test"));
      authorization =
          switch (golden.name()) {
            case "auth-none" -> "";
            case "auth-lower-case-scheme" -> "bearer secret-of-the-test";
            default -> "Bearer wrong";
          };
    } else if (golden.name().contains("file-limit")) {
      return Answer.to(full.port(), ticket, authorization);
    } else if (golden.name().contains("memory")) {
      sandbox.change(standard.withMemoryLimit(1024));
    } else {
      sandbox.change(standard);
    }
    return Answer.to(sandbox.port(), ticket, authorization);
  }
}
