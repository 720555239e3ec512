package io.ripen.engine.onsite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class OnSiteScriptTest {

  /** Popups with forms, the chat and its contact form, in three languages, and lines that heal. */
  private static final int MOST = 10_750;

  @Test
  void travels_as_few_bytes() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(script());
    }
    assertThat(compressed.size()).isLessThan(MOST);
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
