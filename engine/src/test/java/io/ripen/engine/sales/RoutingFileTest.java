package io.ripen.engine.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.leads.Facts;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutingFileTest {

  private static final Path SHIPPED = Path.of("../bpmn", RoutingTable.FILE);

  @TempDir Path folder;
  private Path file;
  private RoutingFile routes;

  @BeforeEach
  void copy() throws IOException {
    file = folder.resolve("routing.dmn");
    Files.copy(SHIPPED, file);
    routes = new RoutingFile(file, new SimpleMeterRegistry());
  }

  @Test
  void the_shipped_table_gives_a_hot_lead_an_hour_and_all_others_four() throws NoRoute {
    assertThat(routes.table().route(lead("hot", null)))
        .contains(new Route("sales", "sales-leads", Duration.ofHours(1)));
    assertThat(routes.table().route(lead("cold", "hu-HU")))
        .contains(new Route("sales", "sales-leads", Duration.ofHours(4)));
  }

  @Test
  void a_change_counts_for_the_next_lead() throws Exception {
    assertThat(team("hu-HU")).isEqualTo("sales");

    change("<inputEntry id=\"hot_language\">\n          <text></text>", "\"hu\"");
    replace("<text>\"hot\"</text>", "<text></text>");
    replace("<text>\"sales\"</text>", "<text>\"budapest\"</text>");

    assertThat(team("hu-HU")).isEqualTo("budapest");
    assertThat(team("en-GB")).isEqualTo("sales");
    assertThat(team(null)).isEqualTo("sales");
  }

  @Test
  void a_change_that_cannot_be_used_leaves_the_table_as_it_was() throws Exception {
    assertThat(team(null)).isEqualTo("sales");

    replace("PT4H", "four hours");

    assertThat(team(null)).isEqualTo("sales");
  }

  @Test
  void without_a_table_that_can_be_used_it_is_said_what_is_wrong() throws IOException {
    replace("PT4H", "four hours");

    assertThatExceptionOfType(NoRoute.class)
        .isThrownBy(() -> routes.table())
        .withMessageContaining("rule 2, output within")
        .withMessageContaining("expected: a duration of a minute or more, as in PT4H");
  }

  private String team(@Nullable String locale) throws NoRoute {
    return routes.table().route(lead("cold", locale)).orElseThrow().team();
  }

  private void change(String before, String text) throws IOException {
    replace(before, before.replace("<text></text>", "<text>" + text + "</text>"));
  }

  private void replace(String was, String is) throws IOException {
    String table = Files.readString(file);
    assertThat(table).contains(was);
    Files.writeString(file, table.replaceFirst(java.util.regex.Pattern.quote(was), is));
    // Two changes of one test may fall into one tick of the file system's clock.
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(ticks++)));
  }

  private int ticks = 1;

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
