package io.ripen.engine.onsite;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/** One window of a visitor's, which hears what is new as server-sent events; each message once. */
final class Window {

  private final SseEmitter emitter;
  private final String seconds;
  private final Consumer<Window> whenGone;
  private final Set<Long> sent = new HashSet<>();

  /** A slow client keeps a virtual thread waiting, and no thread of the machine's. */
  private final ReentrantLock turn = new ReentrantLock();

  /**
   * @param beat how often it is told that we are there
   * @param whenGone is told when nobody is there any more; perhaps more than once
   */
  Window(SseEmitter emitter, Duration beat, Consumer<Window> whenGone) {
    this.emitter = emitter;
    this.seconds = Double.toString(beat.toMillis() / 1000.0);
    this.whenGone = whenGone;
  }

  /** Sends it, unless it was; a window that is gone is completed. */
  void send(OnSiteMessage message) {
    turn.lock();
    try {
      if (sent.add(message.id())) {
        emit(
            SseEmitter.event()
                .name(message.kind())
                .data(JsonMapper.shared().writeValueAsString(Shown.of(message))));
      }
    } finally {
      turn.unlock();
    }
  }

  /**
   * Says how soon it does so again: whoever stands between keeps the line open, we see who left,
   * and a window that does not hear it comes anew.
   */
  void beat() {
    turn.lock();
    try {
      emit(SseEmitter.event().name("beat").data(seconds));
    } finally {
      turn.unlock();
    }
  }

  void end() {
    gone();
    emitter.complete();
  }

  void gone() {
    whenGone.accept(this);
  }

  private void emit(SseEmitter.SseEventBuilder event) {
    try {
      emitter.send(event);
    } catch (IOException | IllegalStateException e) {
      end();
    }
  }
}
