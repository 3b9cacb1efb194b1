package dev.tributary.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RedactorTest {

  private static final String SECRET = "apiv3_Tö+/=\"\\ k%n";

  private final Redactor redactor = new Redactor();

  @Test
  void nothingIsTakenOutBeforeASecretIsKnown() {
    assertThat(redactor.redact(SECRET)).isEqualTo(SECRET);
  }

  @Test
  void aSecretTooShortToBeOneLeavesEveryLineReadableAndSaysSo() {
    assertThat(redactor.learn("a")).isFalse();
    assertThat(redactor.learn("abc")).isFalse();
    assertThat(redactor.learn("abcd")).isTrue();

    assertThat(redactor.redact("a banana, abc, abcd")).isEqualTo("a banana, abc, ***");
  }

  @Test
  void aSecretGoesInEveryFormThatWritersGiveIt() {
    redactor.learn(SECRET);
    String encoded = URLEncoder.encode(SECRET, UTF_8);
    for (String form :
        new String[] {
          SECRET,
          JsonText.quote(SECRET),
          encoded,
          encoded.replace("+", "%20"),
          Base64.getEncoder().encodeToString(SECRET.getBytes(UTF_8)),
          Base64.getUrlEncoder().encodeToString(SECRET.getBytes(UTF_8))
        }) {
      String line = redactor.redact("token=" + form + " end");
      assertThat(line).as(form).startsWith("token=").contains(Redactor.MASK).endsWith(" end");
      assertThat(line).doesNotContain("apiv3").doesNotContain("YXBpdj");
    }
  }

  /** Basic and Bearer headers put other bytes before the secret, and some behind it. */
  @Test
  void aSecretInsideALongerBase64TextGoesWhereverItBegins() {
    long seed = 7;
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      byte[] raw = new byte[9 + random.nextInt(40)];
      random.nextBytes(raw);
      String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
      Redactor one = new Redactor();
      one.learn(secret);
      String around = "x".repeat(random.nextInt(5)) + secret + "y".repeat(random.nextInt(5));
      String text = Base64.getEncoder().encodeToString(around.getBytes(UTF_8));

      String safe = one.redact(text);

      assertThat(safe).as("seed " + seed + ", round " + round).contains(Redactor.MASK);
      // at most the two characters at each border, which hold bits of a neighbour, are left
      assertThat(safe.length() - Redactor.MASK.length())
          .as("seed " + seed + ", round " + round)
          .isLessThanOrEqualTo(text.length() - secret.length() * 4 / 3 + 4);
    }
  }

  @Test
  void theLongerOfTwoSecretsGoesWhole() {
    redactor.learn("abcd");
    redactor.learn("abcdefgh");

    assertThat(redactor.redact("abcdefgh")).isEqualTo(Redactor.MASK);
  }

  @Test
  void aRotatedSecretGoesLikeTheOneBefore() {
    redactor.learn("first-token");
    assertThat(redactor.redact("first-token second-token")).isEqualTo("*** second-token");
    redactor.learn("second-token");
    assertThat(redactor.redact("first-token second-token")).isEqualTo("*** ***");
  }
}
