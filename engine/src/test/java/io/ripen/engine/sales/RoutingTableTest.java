package io.ripen.engine.sales;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.tables.InvalidTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoutingTableTest {

  private String table = "";

  @BeforeEach
  void shipped() throws IOException {
    table = Files.readString(Path.of("../bpmn", RoutingTable.FILE));
  }

  @Test
  void the_shipped_table_gives_a_hot_lead_an_hour_and_all_others_four() {
    assertThat(read().route(lead("hot", null)))
        .contains(new Route("sales", "sales-leads", Duration.ofHours(1)));
    assertThat(read().route(lead("cold", "hu-HU")))
        .contains(new Route("sales", "sales-leads", Duration.ofHours(4)));
  }

  @Test
  void a_team_can_have_the_leads_of_a_language() {
    assertThat(team("hu-HU")).isEqualTo("sales");

    String language = "<inputEntry id=\"hot_language\">\n          <text></text>";
    replace(language, language.replace("<text></text>", "<text>\"hu\"</text>"));
    replace("<text>\"hot\"</text>", "<text></text>");
    replace("<text>\"sales\"</text>", "<text>\"budapest\"</text>");

    assertThat(team("hu-HU")).isEqualTo("budapest");
    assertThat(team("en-GB")).isEqualTo("sales");
    assertThat(team(null)).isEqualTo("sales");
  }

  @Test
  void of_one_that_cannot_be_used_it_is_said_what_is_wrong() {
    replace("PT4H", "four hours");

    assertThatExceptionOfType(InvalidTable.class)
        .isThrownBy(this::read)
        .withMessageContaining("routing.dmn: ")
        .withMessageContaining("rule 2, output within")
        .withMessageContaining("expected: a duration of a minute or more, as in PT4H");
  }

  private RoutingTable read() {
    return RoutingTable.read("routing.dmn", table.getBytes(UTF_8), new SimpleMeterRegistry());
  }

  private String team(@Nullable String locale) {
    return read().route(lead("cold", locale)).orElseThrow().team();
  }

  private void replace(String was, String is) {
    assertThat(table).contains(was);
    table = table.replaceFirst(Pattern.quote(was), is);
  }

  private static Facts lead(String temperature, @Nullable String locale) {
    Map<String, @Nullable Object> lead = new HashMap<>();
    lead.put("temperature", temperature);
    lead.put("locale", locale);
    lead.put("score", BigDecimal.TEN);
    lead.put("stage", "SQL");
    return new Facts(
        UUID.randomUUID(),
        new Facts.Person(null, null, null, null, null, locale, null, false),
        Map.of("lead", lead));
  }
}
