package dev.tributary.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The alert rules and the dashboard ask for metrics and labels that exist. */
class MonitoringTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NAME = Pattern.compile("\\b(?:tributary|jvm|process|system)_\\w+");
  private static final Pattern SERIES = Pattern.compile("(\\w+)(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
  private static final Pattern SELECTOR = Pattern.compile("(\\w+)\\{([^}]*)}");

  /** Labels of every series that the program can give, by its name. */
  private static final Map<String, Set<String>> SERIES_LABELS = new HashMap<>();

  @BeforeAll
  static void scrape() {
    try (Metrics metrics = new Metrics(InstantSource.fixed(Told.NOW), "1")) {
      Told.everything(metrics);
      metrics.defined(Set.of(Told.JOB), Map.of(Told.JOB, Duration.ofHours(1)));
      metrics
          .scrape()
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(
              line -> {
                Matcher series = SERIES.matcher(line);
                assertThat(series.matches()).as(line).isTrue();
                Set<String> labels =
                    SERIES_LABELS.computeIfAbsent(series.group(1), name -> new HashSet<>());
                // the scrape adds the target's
                labels.add("instance");
                if (series.group(2) != null) {
                  LABEL.matcher(series.group(2)).results().forEach(l -> labels.add(l.group(1)));
                }
              });
    }
  }

  private static void check(String place, String expression) {
    List<String> names = NAME.matcher(expression).results().map(result -> result.group()).toList();
    assertThat(names).as(place).isNotEmpty();
    assertThat(SERIES_LABELS.keySet()).as(place).containsAll(names);
    SELECTOR
        .matcher(expression)
        .results()
        .forEach(
            selector ->
                Pattern.compile("(\\w+)=~?\"")
                    .matcher(selector.group(2))
                    .results()
                    .forEach(
                        label ->
                            assertThat(SERIES_LABELS.get(selector.group(1)))
                                .as(place + ": " + selector.group())
                                .contains(label.group(1))));
    assertThat(expression.chars().filter(c -> c == '(').count())
        .as(place)
        .isEqualTo(expression.chars().filter(c -> c == ')').count());
  }

  private static JsonNode rules() throws IOException {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    return JSON.valueToTree(
        new Yaml(new SafeConstructor(strict))
            .load(Files.readString(Path.of("deploy/prometheus/tributary.rules.yaml"))));
  }

  @Test
  void everyAlertAsksForMetricsThatExist() throws Exception {
    Set<String> alerts = new TreeSet<>();
    for (JsonNode rule : rules().at("/groups/0/rules")) {
      String alert = rule.get("alert").asText();
      assertThat(alerts.add(alert)).as(alert).isTrue();
      check(alert, rule.get("expr").asText());
      assertThat(rule.properties())
          .extracting(Map.Entry::getKey)
          .isSubsetOf("alert", "expr", "for", "labels", "annotations");
      assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning", "info");
      assertThat(rule.at("/annotations/summary").asText()).isNotEmpty();
      assertThat(rule.at("/annotations/description").asText()).isNotEmpty();
    }
    assertThat(alerts).contains("TributaryJobSilent", "TributaryWindowsGivenUp").hasSize(12);
  }

  @Test
  void aSummaryNamesOnlyLabelsThatItsMetricHas() throws Exception {
    Pattern label = Pattern.compile("\\$labels\\.(\\w+)");
    for (JsonNode rule : rules().at("/groups/0/rules")) {
      Matcher name = NAME.matcher(rule.get("expr").asText());
      assertThat(name.find()).isTrue();
      label
          .matcher(rule.get("annotations").toString())
          .results()
          .forEach(
              used ->
                  assertThat(SERIES_LABELS.get(name.group()))
                      .as(rule.get("alert").asText())
                      .contains(used.group(1)));
    }
  }

  @Test
  void everyPanelAsksForMetricsThatExist() throws Exception {
    JsonNode dashboard = JSON.readTree(Path.of("deploy/grafana/tributary.json").toFile());
    List<String> places = new ArrayList<>();
    for (JsonNode panel : dashboard.get("panels")) {
      for (JsonNode target : panel.get("targets")) {
        check(panel.get("title").asText(), target.get("expr").asText());
        assertThat(target.at("/legendFormat").asText()).isNotEmpty();
      }
      JsonNode at = panel.get("gridPos");
      for (int x = at.get("x").asInt(); x < at.get("x").asInt() + at.get("w").asInt(); x++) {
        for (int y = at.get("y").asInt(); y < at.get("y").asInt() + at.get("h").asInt(); y++) {
          places.add(x + "/" + y);
          assertThat(x).isLessThan(24);
        }
      }
    }
    assertThat(places).as("panels do not overlap").doesNotHaveDuplicates();
    assertThat(dashboard.get("panels")).hasSizeGreaterThan(10);
  }

  @Test
  void everyMetricOfOurOwnHasASentence() {
    try (Metrics metrics = new Metrics(InstantSource.fixed(Told.NOW), "1")) {
      Told.everything(metrics);
      metrics.defined(Set.of(Told.JOB), Map.of(Told.JOB, Duration.ofHours(1)));
      assertThat(metrics.scrape().lines().filter(line -> line.startsWith("# HELP tributary_")))
          .hasSizeGreaterThan(20)
          .allSatisfy(line -> assertThat(line.split(" ", 4)[3]).isNotBlank());
    }
  }
}
