package io.ripen.engine.onsite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class OnSiteScriptTest {

  @Test
  void is_under_10_kb_as_it_travels() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(script());
    }
    assertThat(compressed.size()).isLessThan(10 * 1000);
  }

  @Test
  void makes_no_html_of_what_it_is_told() throws IOException {
    assertThat(new String(script(), StandardCharsets.UTF_8))
        .doesNotContain(
            "innerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function");
  }

  private static byte[] script() throws IOException {
    try (InputStream script =
        OnSiteScriptTest.class.getResourceAsStream("/static/ripen-onsite.js")) {
      assertThat(script).as("/static/ripen-onsite.js").isNotNull();
      return script.readAllBytes();
    }
  }
}
