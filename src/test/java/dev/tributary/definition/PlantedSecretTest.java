package dev.tributary.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret written into a definition is refused, and no message repeats it. */
class PlantedSecretTest {

  private static final String SECRET = "apiv3_pLaNtEd-7Hq2";

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token: SECRET",
        "token: 'SECRET'",
        "token: \"SECRET\"",
        "token: |\n      SECRET",
        "token: >-\n      SECRET",
        "token: [SECRET]",
        "token:\n      - SECRET",
        "token: {value: SECRET}",
        "token:\n      value: SECRET",
        "token: {SECRET}",
        "token: ${SECRET}",
        "token: ${env:SECRET!}",
        "token: Bearer SECRET",
        "token: *SECRET",
        "token: &t SECRET",
        "token: !SECRET",
        "token: !!SECRET x",
        "token: %SECRET",
        "token: @SECRET",
        "token: `SECRET",
        "token: SECRET: x",
        "token: x: SECRET",
        "token: 'SECRET",
        "token: \"SECRET",
        "token: \"\n      SECRET",
        "token: \"\\SECRET\"",
        "token: [SECRET",
        "token: {a: SECRET",
        "token: {a: [\n      SECRET",
        "token: SECRET\n    token: SECRET",
        "Token: SECRET",
        "tokn: SECRET",
        "tokn: @SECRET",
        "tken: |\n      SECRET",
        "password: SECRET",
        "apikey: SECRET",
        "bearer: SECRET",
        "authorization: SECRET",
        "x-remark: SECRET",
        "<<: SECRET",
        "tls: SECRET",
        "tls: {key: SECRET, ca: [x]}",
        "tls:\n      key: |\n        SECRET",
        "proxy: http://me:SECRET@proxy.example:3128",
        "proxy: http://SECRET@proxy.example",
        "proxy: http://proxy.example:3128?token=SECRET",
        "url: grpc://me:SECRET@127.0.0.1:8181",
        "url: https://127.0.0.1/?token=SECRET",
        "url: https://127.0.0.1#SECRET",
        "url: 'grpc://me:SECRET @127.0.0.1:8181'"
      })
  void ofASourceIsNeverShown(String line) throws IOException {
    String url = line.startsWith("url:") ? "" : "    url: grpc://127.0.0.1:8181\n";
    assertRefusedInSilence("sources:\n  plant:\n" + url + "    " + line + "\n" + rest());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "access_key: SECRET",
        "secret_key: SECRET",
        "secret_kye: SECRET",
        "session_token: [SECRET]",
        "account_key: SECRET",
        "sas: '?sv=2024&sig=SECRET'",
        "credentials: '{\"private_key\": \"SECRET\"}'",
        "credentials: {private_key: SECRET}",
        "endpoint: https://me:SECRET@store.example",
        "endpoint: https://store.example?key=SECRET"
      })
  void ofADestinationIsNeverShown(String line) throws IOException {
    assertRefusedInSilence(
        "destinations:\n  pond:\n    url: s3://metrics/rollups\n    " + line + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "notify: {webhook: 'https://hooks.example/T0?token=SECRET'}",
        "notify: {webhook: 'https://me:SECRET@hooks.example'}",
        "notify: {webhook: SECRET}",
        "notify: {webhok: 'https://hooks.example/SECRET'}",
        "notify: SECRET",
        "tokens: SECRET",
        "sources: {plant: SECRET}",
        "x-t: &t SECRET\nsources: {plant: {url: 'grpc://127.0.0.1:1', token: *t}}"
      })
  void ofAnySectionIsNeverShown(String text) throws IOException {
    assertRefusedInSilence(text + "\n");
  }

  @Test
  void whateverElseIsWrongAroundItTheSecretIsNotShown() throws IOException {
    String head = "sources:\n  plant:\n    url: grpc://127.0.0.1:8181\n";
    String line = "    token: " + SECRET + "\n";
    String pieces = "a0 \n:-{}[],#&*!|>'\"%@";
    int refused = 0;
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      StringBuilder tail = new StringBuilder("    max_queries: 2\n" + rest());
      for (int i = 0; i < 2; i++) {
        tail.setCharAt(
            random.nextInt(tail.length()), pieces.charAt(random.nextInt(pieces.length())));
      }
      refused += silent(head + line + tail, "seed " + seed).hasErrors() ? 1 : 0;
    }

    assertThat(refused).isEqualTo(400);
  }

  private static String rest() {
    return """
        destinations:
          lake: {url: "file:///srv/lake"}
        jobs:
          climate:
            source: plant
            bucket: home
            sql: SELECT time FROM home WHERE time >= $start AND time < $end
            window: {every: 1h}
            destination: {to: lake}
        """;
  }

  private void assertRefusedInSilence(String yaml) throws IOException {
    assertThat(silent(yaml.replace("SECRET", SECRET), yaml).hasErrors()).isTrue();
  }

  private Definitions silent(String yaml, String what) throws IOException {
    Path file = folder.resolve("tributary.yaml");
    Files.writeString(file, yaml);

    Definitions definitions = DefinitionReader.read(file);

    List<String> said = definitions.diagnostics().stream().map(Diagnostic::rendered).toList();
    assertThat(said).as(what).noneMatch(text -> text.contains(SECRET));
    assertThat(definitions.toString()).as(what).doesNotContain(SECRET);
    return definitions;
  }
}
