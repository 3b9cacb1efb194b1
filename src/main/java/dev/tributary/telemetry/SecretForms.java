package dev.tributary.telemetry;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The texts in which a secret may come to light. */
final class SecretForms {

  /** What a shorter piece of Base64 says could as well stand there by chance. */
  private static final int LEAST_BASE64 = 5;

  private SecretForms() {}

  static Set<String> of(String secret) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(secret);
    String quoted = JsonText.quote(secret);
    forms.add(quoted.substring(1, quoted.length() - 1));
    String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    for (String encoded : List.of(form, form.replace("+", "%20"))) {
      forms.add(encoded);
      forms.add(lowerHex(encoded));
    }
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    for (int before = 0; before < 3; before++) {
      base64(bytes, before, Base64.getEncoder(), forms);
      base64(bytes, before, Base64.getUrlEncoder(), forms);
    }
    return forms;
  }

  /**
   * What is the secret's own in Base64 of a longer text, such as {@code user:secret}: the
   * characters that hold no bit of its neighbours, which depend on how many bytes go before it.
   */
  private static void base64(byte[] secret, int before, Base64.Encoder encoder, Set<String> forms) {
    byte[] shifted = new byte[before + secret.length];
    System.arraycopy(secret, 0, shifted, before, secret.length);
    int first = (before * 8 + 5) / 6;
    int end = shifted.length * 8 / 6;
    if (end - first >= LEAST_BASE64) {
      forms.add(encoder.withoutPadding().encodeToString(shifted).substring(first, end));
    }
  }

  private static String lowerHex(String encoded) {
    StringBuilder text = new StringBuilder(encoded);
    for (int i = text.indexOf("%"); i >= 0; i = text.indexOf("%", i + 3)) {
      text.replace(i, i + 3, text.substring(i, i + 3).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }
}
