package io.ripen.engine.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.events.Event;
import io.ripen.engine.geo.RegionsFile;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The door with a database that knows where this machine is. */
class RegionIT extends DoorIT {

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry registry) throws IOException {
    Path file = Files.createTempFile("regions", ".mmdb");
    file.toFile().deleteOnExit();
    new RegionsFile()
        .with("127.0.0.0/8", "Asia/Tokyo")
        .with("::1/128", "Asia/Tokyo")
        .with("81.2.69.0/24", "Europe/London")
        .write(file);
    registry.add("ripen.geo.database", file::toString);
  }

  @Test
  void a_browsers_event_without_a_zone_gets_that_of_its_address() throws Exception {
    assertThat(zone(fromBrowser("{}"))).isEqualTo("Asia/Tokyo");
    assertThat(zone(fromBrowser("{\"timezone\":\"Europe/Budapest\"}"))).isEmpty();
  }

  @Test
  void a_server_tells_its_visitors_address_or_none() throws Exception {
    assertThat(zone(fromServer("{\"ip\":\"81.2.69.142\"}"))).isEqualTo("Europe/London");
    assertThat(zone(fromServer("{}"))).as("the server's own says nothing").isEmpty();
  }

  private Event fromBrowser(String context) throws Exception {
    String id = messageId();
    send(
        request("/v1/page")
            .header("Origin", "https://shop.example")
            .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
            .POST(BodyPublishers.ofString(body(id, context, ",\"writeKey\":\"shop-key\""))));
    return onTopic(id);
  }

  private Event fromServer(String context) throws Exception {
    String id = messageId();
    post("/v1/page", body(id, context, ""));
    return onTopic(id);
  }

  private static String body(String id, String context, String more) {
    return "{\"messageId\":\"%s\",\"anonymousId\":\"anna\",\"context\":%s%s}"
        .formatted(id, context, more);
  }

  private static Event onTopic(String id) {
    return eventsOnTopic().stream().filter(e -> e.messageId().equals(id)).findFirst().orElseThrow();
  }

  private static String zone(Event event) {
    return event.context().path("location").path("timezone").asString("");
  }
}
