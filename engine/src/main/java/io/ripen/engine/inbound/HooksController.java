package io.ripen.engine.inbound;

import io.ripen.channels.Webhook;
import io.ripen.channels.Webhook.Answer;
import io.ripen.engine.RipenProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where providers tell what became of messages and what people answered. */
@RestController
@Profile("engine")
@RequestMapping("/hooks/channels/{name}")
class HooksController {

  private static final Logger LOG = LoggerFactory.getLogger(HooksController.class);

  private final Map<String, Webhook> webhooks;
  private final KeepInbound keepInbound;
  private final String base;

  HooksController(List<Webhook> webhooks, KeepInbound keepInbound, RipenProperties properties) {
    this.webhooks = webhooks.stream().collect(Collectors.toMap(Webhook::name, Function.identity()));
    this.keepInbound = keepInbound;
    this.base = String.valueOf(properties.publicUrl()).replaceFirst("/+$", "");
  }

  /** Success only when what came in is kept; what fails is told again by the provider. */
  @PostMapping
  ResponseEntity<String> receive(@PathVariable String name, HttpServletRequest request)
      throws IOException {
    Webhook webhook = webhooks.get(name);
    if (webhook == null) {
      return answer(404, "there is no channel '%s' with a webhook here".formatted(name));
    }
    byte[] body = request.getInputStream().readNBytes(webhook.largest() + 1);
    if (body.length > webhook.largest() && !webhook.takesParts()) {
      return answer(
          413,
          "the body is too large (expected: at most %d KB)".formatted(webhook.largest() / 1024));
    }
    return switch (webhook.receive(asCalled(request, body))) {
      case Answer.Refused refused -> {
        LOG.warn("A call of the webhook {} is refused: {}", name, refused.reason());
        yield answer(refused.status(), refused.reason());
      }
      case Answer.Taken taken -> {
        keepInbound.keep(taken.inbound());
        yield ResponseEntity.ok()
            .contentType(MediaType.parseMediaType(taken.contentType() + ";charset=UTF-8"))
            .body(taken.body());
      }
    };
  }

  /** By the address that the provider knows, whatever stands between. */
  private Webhook.Request asCalled(HttpServletRequest request, byte[] body) {
    String query = request.getQueryString();
    return new Webhook.Request(
        request.getMethod(),
        base + request.getRequestURI() + (query == null ? "" : "?" + query),
        Collections.list(request.getHeaderNames()).stream()
            .collect(
                Collectors.toMap(
                    header -> header.toLowerCase(Locale.ROOT),
                    header -> Collections.list(request.getHeaders(header)),
                    (one, other) -> one)),
        body);
  }

  private static ResponseEntity<String> answer(int status, String message) {
    return ResponseEntity.status(status).contentType(MediaType.TEXT_PLAIN).body(message);
  }
}
