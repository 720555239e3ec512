package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.RipenProperties;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.links.Links;
import io.ripen.engine.links.TouchRef;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageFactsTest {

  private static final UUID LEAD = UUID.randomUUID();

  @TempDir private Path bpmn;
  private MessageFacts messageFacts;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(bpmn.resolve("lead-magnet/files"));
    Files.createFile(bpmn.resolve("lead-magnet/files/tea-guide.pdf"));
    messageFacts =
        new MessageFacts(
            Links.signedAt(Clock.systemUTC()),
            Links.noMessenger(),
            new RipenProperties(
                URI.create("https://go.example.com"),
                "a-signing-key-of-32-characters-or-more",
                bpmn.toFile()));
  }

  @Test
  void a_file_that_is_there_is_linked_to() {
    assertThat(download("lead-magnet", "tea-guide"))
        .asString()
        .startsWith("https://go.example.com/download/");
  }

  @Test
  void no_file_is_promised_that_the_flow_does_not_have() {
    assertThat(download("lead-magnet", "coffee-guide")).isNull();
    assertThat(download("lead-magnet", "../files/tea-guide")).isNull();
    assertThat(download("nurturing", "tea-guide")).isNull();
  }

  private @Nullable Object download(String flow, String magnet) {
    var person = new Facts.Person(null, null, null, null, null, null, null, false);
    var facts =
        new Facts(LEAD, person, Map.of("event", Map.of("properties", Map.of("magnet", magnet))));
    var ref = new TouchRef(1, LEAD, "email", "transactional", flow, "serviceTask_deliver");
    return ((Map<?, ?>) messageFacts.of(facts, ref).tree().get("links")).get("download");
  }
}
