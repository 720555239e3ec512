package io.ripen.engine.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class VisitorRegionTest {

  private static final Map<String, ZoneId> ZONES =
      Map.of("81.2.69.142", ZoneId.of("Europe/London"), "2001:218::1", ZoneId.of("Asia/Tokyo"));

  private final VisitorRegion region =
      new VisitorRegion(address -> Optional.ofNullable(ZONES.get(address)));

  private String noted(String event, @Nullable String address) {
    ObjectNode node = (ObjectNode) JsonMapper.shared().readTree(event);
    region.note(node, address);
    return node.toString();
  }

  @Test
  void the_zone_of_the_visitors_address_is_noted_and_the_address_is_not() {
    assertThat(noted("{}", "81.2.69.142"))
        .isEqualTo("{\"context\":{\"location\":{\"timezone\":\"Europe/London\"}}}");
    assertThat(noted("{\"context\":{\"timezone\":null,\"locale\":\"en\"}}", "81.2.69.142"))
        .isEqualTo(
            "{\"context\":{\"timezone\":null,\"locale\":\"en\",\"location\":{\"timezone\":\"Europe/London\"}}}");
  }

  @Test
  void the_address_that_a_server_tells_goes_before_its_own() {
    String event = "{\"context\":{\"ip\":\"2001:218::1\",\"location\":{\"city\":\"Tokyo\"}}}";

    assertThat(noted(event, null))
        .contains("\"location\":{\"city\":\"Tokyo\",\"timezone\":\"Asia/Tokyo\"}");
    assertThat(noted(event, "81.2.69.142")).contains("Asia/Tokyo");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"context\":{\"timezone\":\"Europe/Budapest\"}}",
        "{\"context\":{\"location\":{\"timezone\":\"Europe/Budapest\"}}}",
        "{\"context\":\"none\"}",
        "{\"context\":{\"ip\":\"203.0.113.7\"}}"
      })
  void what_is_told_stays_as_it_is(String event) {
    assertThat(noted(event, "81.2.69.142")).isEqualTo(event);
  }

  @Test
  void where_nobody_knows_it_nothing_changes() {
    assertThat(noted("{}", null)).isEqualTo("{}");
    assertThat(noted("{}", "127.0.0.1")).isEqualTo("{}");
  }
}
