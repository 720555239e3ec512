package io.ripen.engine.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} |",
        "{'channel': 'direct'} | direct",
        "{'channel': 'paid', 'source': 'google', 'clickId': 'gclid', 'clickIdValue': 'Cj0-1'}"
            + " | google (paid), gclid Cj0-1",
        "{'channel': 'social', 'clickId': 'fbclid', 'clickIdValue': 'IwAR0123456789abcdef'}"
            + " | social, fbclid IwAR0123456789ab…",
        "{'channel': 'paid', 'clickId': 'gclid'} | paid",
      })
  void a_click_is_known_again_by_how_its_id_begins(String source, String words) {
    assertThat(SourceWords.withClick(Json.parse(source.replace('\'', '"'))))
        .isEqualTo(words == null ? "" : words);
  }
}
