package io.ripen.engine.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class TrackerScriptTest {

  @Test
  void is_under_6_kb_as_it_travels() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(script());
    }
    assertThat(compressed.size()).isLessThan(6 * 1000);
  }

  @Test
  void loads_nothing_from_elsewhere() throws IOException {
    assertThat(new String(script(), StandardCharsets.UTF_8))
        .doesNotContain("import(", "importScripts", "eval(", "new Function", "createElement");
  }

  @Test
  void says_at_its_beginning_what_it_is_and_whose() throws IOException {
    assertThat(new String(script(), StandardCharsets.UTF_8))
        .startsWith("/*! ripen.js: ")
        .contains("Apache-2.0");
  }

  private static byte[] script() throws IOException {
    try (InputStream script = TrackerScriptTest.class.getResourceAsStream("/static/ripen.js")) {
      assertThat(script).as("/static/ripen.js").isNotNull();
      return script.readAllBytes();
    }
  }
}
