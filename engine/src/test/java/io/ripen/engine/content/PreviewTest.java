package io.ripen.engine.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviewTest {

  private static final Path BPMN = Path.of("..", "bpmn");

  @TempDir Path out;

  private final Preview preview = new Preview(BPMN);

  @Test
  void writes_html_and_text_and_tells_the_subject() throws Exception {
    Preview.Written written = preview.write("abandoned-cart/reminder", null, null, out);

    assertThat(written.message().subject()).isEqualTo("Zoltán, you left a few things in your cart");
    assertThat(written.message().preheader())
        .isEqualTo(
            "Városi kerékpár “Őszi szél” 🚲 and more are still here, just as you left them.");
    assertThat(Files.readString(written.html()))
        .contains("Кружка «Утро &amp; кофе»", "宇治抹茶 – Uji Matcha &lt;30 g&gt;", "€1,262.30")
        .doesNotContain("xliquid", "{{", "{%");
    assertThat(Files.readString(written.text()))
        .contains("Кружка «Утро & кофе»", "宇治抹茶 – Uji Matcha <30 g>", "2 × €24.90")
        .doesNotContain("{{", "{%");
  }
}
