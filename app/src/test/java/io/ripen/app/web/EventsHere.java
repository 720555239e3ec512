package io.ripen.app.web;

import java.util.Map;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Takes events on the very server that shows the shop. */
@RestController
public class EventsHere {

  private final ReceivedEvents received = new ReceivedEvents();

  @PostMapping("/v1/batch")
  Map<String, Boolean> batch(@RequestBody byte[] body) {
    received.add(JsonMapper.shared().readTree(body));
    return Map.of("success", true);
  }

  public ReceivedEvents received() {
    return received;
  }
}
