package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.testing.Browser;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of coverage as a person sees it: in a real browser. */
class CoveragePageTest {

  private final Path folder;

  CoveragePageTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path page() throws Exception {
    CoverageSamples.lay(folder);
    Typed typed =
        Typed.in(
            folder,
            "coverage",
            "--config",
            "tributary.yaml",
            "--at",
            CoverageSamples.NOW.toString(),
            "--html",
            "coverage.html");
    assertThat(typed.code()).as(typed.all()).isZero();
    return folder.resolve("coverage.html");
  }

  @Test
  void thePageHoldsEverythingItNeedsAndIsSmall() throws Exception {
    String html = Files.readString(page());

    assertThat(html.length()).isLessThan(500_000);
    assertThat(html).doesNotContainPattern("(src|href)\\s*=").doesNotContain("@import", "url(");
    // addresses of namespaces are never asked for
    assertThat(html.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http://", "https://");
    assertThat(Pattern.compile("</script>").matcher(html).results()).hasSize(2);
    assertThat(html).contains("\\u003c/script>");
  }

  @Test
  void cellsColoursTooltipsAndKeysWorkInARealBrowser() throws Exception {
    Optional<Path> binary = Browser.installed();
    String missing = "NOT RUN: no Chromium is installed, so nobody has looked at the page";
    if (binary.isEmpty()) {
      System.err.println(missing);
    }
    Assumptions.assumeTrue(binary.isPresent(), missing);
    Path page = page();
    try (Browser browser = Browser.start(binary.orElseThrow(), folder, 1200, 1500)) {
      browser.prefer("light");
      browser.open(page);

      assertThat(count(browser, "section")).isEqualTo(5);
      assertThat(count(browser, "section:nth-child(1) .cell")).isEqualTo(358);
      assertThat(count(browser, "section:nth-child(2) .cell")).isEqualTo(366);
      assertThat(count(browser, ".s-failed")).isPositive();
      assertThat(browser.run("document.querySelectorAll('.cell:not([aria-label])').length").asInt())
          .isZero();
      keep(browser, "light");
      int light = colours(browser);
      hover(browser);
      keyboard(browser);
      browser.prefer("dark");
      keep(browser, "dark");
      assertThat(colours(browser)).isNotEqualTo(light);
      assertThat(browser.run("getComputedStyle(document.body).backgroundColor").asText())
          .isEqualTo("rgb(16, 21, 28)");
    }
  }

  private static int count(Browser browser, String selector) {
    return browser.run("document.querySelectorAll('" + selector + "').length").asInt();
  }

  /** What is painted: failed cells are red, done ones are not, and both are there. */
  private static int colours(Browser browser) throws Exception {
    var image = ImageIO.read(new ByteArrayInputStream(browser.screenshot()));
    Set<Integer> seen = new HashSet<>();
    for (String state : new String[] {"done", "failed", "empty"}) {
      JsonNode place =
          browser.run(
              "(b => [b.x + 2.5, b.y + 2.5])(document.querySelector('.s-"
                  + state
                  + "').getBoundingClientRect())");
      seen.add(image.getRGB((int) place.get(0).asDouble() + 1, (int) place.get(1).asDouble() + 1));
    }
    assertThat(seen).hasSize(3);
    return seen.hashCode();
  }

  private static void hover(Browser browser) {
    JsonNode place =
        browser.run(
            "(b => [b.x + 6, b.y + 6])(document.querySelector('.s-failed').getBoundingClientRect())");
    browser.point(place.get(0).asDouble(), place.get(1).asDouble());

    assertThat(browser.run("document.querySelector('.tip.shown').textContent").asText())
        .contains(" failed, ")
        .contains("No field named temp. </script><b>");
    browser.point(1, 1);
    assertThat(count(browser, ".tip.shown")).isZero();
  }

  private void keyboard(Browser browser) throws Exception {
    browser.press("Tab");
    assertThat(focused(browser)).startsWith("Mon 2026-11-23: ");
    browser.press("ArrowUp");
    assertThat(focused(browser)).startsWith("Sun 2026-11-22: ");
    browser.press("ArrowLeft");
    assertThat(focused(browser)).startsWith("Sun 2026-11-15: ");
    browser.press("Home");
    assertThat(focused(browser)).startsWith("Mon 2025-12-01: ");
    browser.press("ArrowDown");
    assertThat(focused(browser)).startsWith("Tue 2025-12-02: ");
    assertThat(browser.run("document.querySelector('.tip.shown b').textContent").asText())
        .isEqualTo("Tue 2025-12-02");

    // the next calendar is one of minutes: a day of it opens, window by window
    browser.press("Tab");
    assertThat(focused(browser)).startsWith("Mon 2026-11-23: ");
    browser.press("ArrowUp");
    browser.press("Enter");
    assertThat(count(browser, ".panel .cell")).isEqualTo(1440);
    assertThat(focused(browser)).startsWith("2026-11-22 00:00 to 00:01: ");
    browser.press("ArrowRight");
    assertThat(focused(browser)).startsWith("2026-11-22 00:01 to 00:02: ");
    keep(browser, "day");
    browser.press("Escape");
    assertThat(count(browser, ".panel")).isZero();
    assertThat(focused(browser)).startsWith("Sun 2026-11-22: ");
  }

  private static String focused(Browser browser) {
    return browser.run("document.activeElement.getAttribute('aria-label')").asText();
  }

  /** Pictures for people, where somebody asks for them. */
  private static void keep(Browser browser, String name) throws Exception {
    String where = System.getProperty("tributary.test.pictures");
    if (where != null) {
      Files.write(Path.of(where, "coverage-" + name + ".png"), browser.screenshot());
    }
  }
}
