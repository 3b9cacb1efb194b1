package dev.tributary.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.cli.ExitCode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the pods of the manifests may do, run, and end with. */
class KubernetesPodsTest {

  /** Codes after which another try would fail alike. */
  private static final Set<ExitCode> HOPELESS =
      EnumSet.of(
          ExitCode.USAGE,
          ExitCode.REFUSED,
          ExitCode.NOT_FOUND,
          ExitCode.NOT_AUTHORISED,
          ExitCode.CONFIGURATION);

  @Test
  void noPodIsRootOrMayBecomeIt() throws IOException {
    String user = Dockerfile.read(Path.of("deploy/docker/Dockerfile")).of("USER").value();
    assertThat(Manifest.pods()).hasSize(3);
    for (Manifest pod : Manifest.pods()) {
      assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
      assertThat(
              pod.at("/securityContext/runAsUser").asText()
                  + ":"
                  + pod.at("/securityContext/runAsGroup").asText())
          .isEqualTo(user);
      assertThat(pod.at("/securityContext/seccompProfile/type").asText())
          .isEqualTo("RuntimeDefault");
      assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
      String container = "/containers/0/securityContext";
      assertThat(pod.at(container + "/allowPrivilegeEscalation").asBoolean(true)).isFalse();
      assertThat(pod.at(container + "/readOnlyRootFilesystem").asBoolean()).isTrue();
      assertThat(Manifest.texts(pod.at(container + "/capabilities/drop"))).containsExactly("ALL");
    }
  }

  @Test
  void onlyTheTemporaryFolderIsWritableAndItIsOnDisk() throws IOException {
    for (Manifest pod : Manifest.pods()) {
      for (JsonNode mount : pod.at("/containers/0/volumeMounts")) {
        boolean temporary = mount.path("mountPath").asText().equals("/tmp");
        assertThat(mount.path("readOnly").asBoolean()).isNotEqualTo(temporary);
      }
      JsonNode volumes = pod.at("/volumes");
      assertThat(volumes.findValue("emptyDir").has("medium")).isFalse();
      assertThat(volumes.findValue("secret").path("secretName").asText()).isEqualTo(name("Secret"));
      assertThat(volumes.findValue("configMap").path("name").asText()).isEqualTo(name("ConfigMap"));
      assertThat(pod.at("/serviceAccountName").asText()).isEqualTo(name("ServiceAccount"));
      assertThat(pod.at("/containers/0/env/0/value").asText())
          .as("TRIBUTARY_CONFIG is where the configuration is mounted")
          .isEqualTo(pod.at("/containers/0/volumeMounts/0/mountPath").asText());
    }
  }

  @Test
  void theProgramTakesEveryCommand() throws IOException {
    for (Manifest pod : Manifest.pods()) {
      assertThat(pod.at("/containers/0").has("command")).isFalse();
      CommandWords.assertTaken(Manifest.texts(pod.at("/containers/0/args")));
    }
  }

  @Test
  void everyIndexHasItsShare() throws IOException {
    Manifest job = Manifest.named("Job");
    assertThat(job.at("/spec/completionMode").asText()).isEqualTo("Indexed");
    assertThat(Manifest.texts(job.at("/spec/template/spec/containers/0/args")))
        .endsWith(
            "--shard",
            job.at("/spec/completions").asText(),
            "--shard-env",
            // the name that an Indexed Job gives it
            "JOB_COMPLETION_INDEX");
  }

  @Test
  void everyExitCodeHasItsConsequence() throws IOException {
    for (JsonNode job :
        List.of(
            Manifest.named("CronJob").at("/spec/jobTemplate/spec"),
            Manifest.named("Job").at("/spec"))) {
      JsonNode rules = job.at("/podFailurePolicy/rules");
      assertThat(rules.get(0).at("/action").asText()).isEqualTo("Ignore");
      assertThat(rules.get(0).at("/onPodConditions/0/type").asText()).isEqualTo("DisruptionTarget");
      assertThat(rules.get(1).at("/action").asText()).isEqualTo("FailJob");
      assertThat(codes(rules.get(1))).isEqualTo(numbers(HOPELESS));
      assertThat(rules.get(2).at("/action").asText()).isEqualTo("Count");
      Set<ExitCode> others = EnumSet.complementOf(EnumSet.copyOf(HOPELESS));
      others.remove(ExitCode.DONE);
      assertThat(codes(rules.get(2))).isEqualTo(numbers(others));
      assertThat(rules).hasSize(3);
      // the policy is refused with any other
      assertThat(job.at("/template/spec/restartPolicy").asText()).isEqualTo("Never");
    }
  }

  @Test
  void passesNeverOverlap() throws IOException {
    assertThat(Manifest.named("CronJob").at("/spec/concurrencyPolicy").asText())
        .isEqualTo("Forbid");
  }

  @Test
  void probesServiceAndMonitorMeetAtTheConfiguredPort() throws IOException {
    String configuration = Manifest.named("ConfigMap").at("/data/tributary.yaml").asText();
    assertThat(configuration).contains("bind: 0.0.0.0").containsPattern("port: 8321\\b");
    JsonNode container = Manifest.named("Deployment").at("/spec/template/spec/containers/0");
    assertThat(container.at("/ports/0/name").asText()).isEqualTo("http");
    assertThat(container.at("/ports/0/containerPort").asInt()).isEqualTo(8321);
    assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/healthz");
    assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/healthz");
    assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/readyz");
    assertThat(container.findValuesAsText("port")).hasSize(3).containsOnly("http");

    Manifest service = Manifest.named("Service");
    assertThat(service.at("/spec/ports/0/targetPort").asText()).isEqualTo("http");
    assertThat(service.at("/spec/selector"))
        .isEqualTo(Manifest.named("Deployment").at("/spec/template/metadata/labels"))
        .isEqualTo(Manifest.named("Deployment").at("/spec/selector/matchLabels"));
    Manifest monitor = Manifest.named("ServiceMonitor");
    assertThat(monitor.at("/spec/selector/matchLabels")).isEqualTo(service.at("/metadata/labels"));
    assertThat(monitor.at("/spec/endpoints/0/port").asText())
        .isEqualTo(service.at("/spec/ports/0/name").asText());
    assertThat(Dockerfile.read(Path.of("deploy/docker/Dockerfile")).of("EXPOSE").value())
        .isEqualTo("8321");
  }

  @Test
  void aPodIsGivenLongerThanTheGrace() throws IOException {
    assertThat(Manifest.named("ConfigMap").at("/data/tributary.yaml").asText())
        .contains("grace: 60s");
    for (Manifest pod : Manifest.pods()) {
      assertThat(pod.at("/terminationGracePeriodSeconds").asInt()).isGreaterThan(60);
    }
  }

  @Test
  void theMemoryLimitHoldsHeapAndBuffersAndJavaItself() throws IOException {
    List<String> options = Files.readAllLines(Path.of("deploy/docker/jvm.options"));
    BigDecimal mebibytes = new BigDecimal(1 << 20);
    BigDecimal own = megabytes(options, "-Xmx").add(megabytes(options, "-XX:MaxDirectMemorySize="));
    for (Manifest pod : Manifest.pods()) {
      BigDecimal limit =
          Quantity.getAmountInBytes(
              Quantity.parse(pod.at("/containers/0/resources/limits/memory").asText()));
      assertThat(limit.divide(mebibytes).subtract(own)).isGreaterThanOrEqualTo(new BigDecimal(192));
    }
  }

  @Test
  void allPodsAreOfOneImage() throws IOException {
    assertThat(Manifest.pods())
        .extracting(pod -> pod.at("/containers/0/image").asText())
        .containsOnly("tributary:0.1.0");
  }

  private static BigDecimal megabytes(List<String> options, String name) {
    return options.stream()
        .filter(option -> option.startsWith(name) && option.endsWith("m"))
        .map(option -> new BigDecimal(option.substring(name.length(), option.length() - 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name));
  }

  private static String name(String kind) throws IOException {
    return Manifest.named(kind).at("/metadata/name").asText();
  }

  private static Set<Integer> codes(JsonNode rule) {
    assertThat(rule.at("/onExitCodes/operator").asText()).isEqualTo("In");
    return Manifest.texts(rule.at("/onExitCodes/values")).stream()
        .map(Integer::valueOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Integer> numbers(Set<ExitCode> codes) {
    return Arrays.stream(ExitCode.values())
        .filter(codes::contains)
        .map(ExitCode::number)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
