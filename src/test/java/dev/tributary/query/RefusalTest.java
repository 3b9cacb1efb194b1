package dev.tributary.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import io.grpc.Status;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {

  private static final Asked ASKED =
      new Asked(
          Sources.at("grpc://127.0.0.1:8181"), "home", Duration.ofMinutes(5), Optional.of("t0ken"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "INVALID_ARGUMENT|Error while planning query: Schema error: No field named x|REFUSED",
        "INVALID_ARGUMENT|Error during planning: table 'public.iox.cpu' not found|NOT_FOUND",
        "INVALID_ARGUMENT|bucket \"metrics\" not found|NOT_FOUND",
        "INVALID_ARGUMENT|Invalid ticket. Error: Invalid ticket|REFUSED",
        "OUT_OF_RANGE|value out of range|REFUSED",
        "NOT_FOUND|Database 'metrics' not found|NOT_FOUND",
        "INTERNAL|Cannot retrieve database: External error: database not found: x|NOT_FOUND",
        "INTERNAL|External error: Query would exceed file limit of 432 parquet files.|TOO_LARGE",
        "INTERNAL|Query would scan 500 files, exceeding the file limit|TOO_LARGE",
        "INTERNAL|object store: 503 Slow Down|UNREACHABLE",
        "INTERNAL|RST_STREAM closed stream. HTTP/2 error code: INTERNAL_ERROR|UNREACHABLE",
        "RESOURCE_EXHAUSTED|External error: Resources exhausted: Additional allocation|TOO_LARGE",
        "RESOURCE_EXHAUSTED|Query would process more than 2000 partitions|TOO_LARGE",
        "RESOURCE_EXHAUSTED|Query would process more than 1000 parquet files|TOO_LARGE",
        "RESOURCE_EXHAUSTED|grpc-timeout elapsed|TOO_SLOW",
        "RESOURCE_EXHAUSTED|org 1 has exceeded limited_query plan limit|UNREACHABLE",
        "RESOURCE_EXHAUSTED|gRPC message exceeds maximum size 9: 10|TOO_LARGE",
        "UNAUTHENTICATED|Unauthenticated|NOT_AUTHORISED",
        "UNAUTHENTICATED|read:orgs/1/buckets/2 is unauthorized|NOT_AUTHORISED",
        "PERMISSION_DENIED|Permission denied|NOT_AUTHORISED",
        "UNAVAILABLE|Authz verification error|UNREACHABLE",
        "UNAVAILABLE|http2 header with status: 504|UNREACHABLE",
        "FAILED_PRECONDITION|licence expired|UNREACHABLE",
        "DEADLINE_EXCEEDED|deadline exceeded after 300s|TOO_SLOW",
        "CANCELLED|worker gone|UNREACHABLE",
        "ABORTED|try again|UNREACHABLE",
        "DATA_LOSS|cut|UNREACHABLE",
        "UNKNOWN|?|UNREACHABLE",
        "UNIMPLEMENTED|unknown service|CONFIGURATION",
      })
  void theCodeAndWhereItMisleadsTheTextDecide(Code code, String text, Kind kind) {
    assertThat(Refusal.classify(code, text, ASKED).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @EnumSource(value = Code.class, names = "OK", mode = EnumSource.Mode.EXCLUDE)
  void everySentenceSaysWhatWhichWhyAndWhatToDo(Code code) {
    String sentence = Refusal.classify(code, "said\nthis", ASKED).sentence();
    assertThat(sentence)
        .matches("cannot query bucket 'home' at source 'plant': [^;]+; [^;]+(; [^;]+)?")
        .doesNotEndWith(".")
        .doesNotContain("\n");
    assertThat(Refusal.classify(code, "", ASKED).sentence()).doesNotContain(": ;", ":  ");
  }

  @ParameterizedTest
  @EnumSource(value = Code.class, names = "OK", mode = EnumSource.Mode.EXCLUDE)
  void noSentenceRepeatsTheToken(Code code) {
    Failure failure = Refusal.classify(code, "no such token: t0ken", ASKED);
    assertThat(failure.sentence()).doesNotContain("t0ken");
    assertThat(failure.getCause()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sql-params-missing", "influxql-params-missing"})
  void aServerWithoutParametersIsToldApart(String name) {
    Status status = Golden.read(name).status();
    assertThat(Refusal.classify(status.getCode(), FlightBatches.text(status), ASKED).sentence())
        .contains("set 'parameters: literal' on the source");
  }

  @Test
  void aMissingTableIsOnlyWhatThePlannerSays() {
    String text = "Error during planning: table 'public.iox.cpu' not found";
    assertThat(Refusal.isMissingTable(Status.Code.INVALID_ARGUMENT, text)).isTrue();
    assertThat(Refusal.isMissingTable(Status.Code.INTERNAL, text)).isFalse();
    assertThat(Refusal.isMissingTable(Status.Code.INVALID_ARGUMENT, "column 'x' not found"))
        .isFalse();
  }
}
