package io.ripen.engine.onsite;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/** One window of a visitor's, which hears what is new as server-sent events; each message once. */
final class Window {

  private final SseEmitter emitter;
  private final Set<Long> sent = new HashSet<>();

  Window(SseEmitter emitter) {
    this.emitter = emitter;
  }

  /** Sends it, unless it was; a window that is gone is completed. */
  synchronized void send(OnSiteMessage message) {
    if (sent.add(message.id())) {
      emit(
          SseEmitter.event()
              .id(Long.toString(message.id()))
              .name(message.kind())
              .data(JsonMapper.shared().writeValueAsString(Shown.of(message))));
    }
  }

  /** Says nothing, so that whoever stands between keeps the line open, and that we see who left. */
  synchronized void beat() {
    emit(SseEmitter.event().comment("beat"));
  }

  void end() {
    emitter.complete();
  }

  private void emit(SseEmitter.SseEventBuilder event) {
    try {
      emitter.send(event);
    } catch (IOException | IllegalStateException e) {
      emitter.complete();
    }
  }
}
