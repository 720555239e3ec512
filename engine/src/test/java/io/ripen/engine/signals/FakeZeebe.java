package io.ripen.engine.signals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A Zeebe that answers as it is told, and remembers what it took. */
final class FakeZeebe implements ZeebeMessages {

  final List<PendingSignal> asked = Collections.synchronizedList(new ArrayList<>());
  final List<PendingSignal> taken = Collections.synchronizedList(new ArrayList<>());
  private volatile Function<PendingSignal, Answer> answer = signal -> new Answer.Taken();

  void answers(Function<PendingSignal, Answer> newAnswer) {
    answer = newAnswer;
  }

  @Override
  public CompletableFuture<Answer> publish(PendingSignal signal) {
    asked.add(signal);
    return CompletableFuture.supplyAsync(
        () -> {
          Answer given = answer.apply(signal);
          if (given instanceof Answer.Taken) {
            taken.add(signal);
          }
          return given;
        });
  }

  List<String> takenMessages() {
    return taken.stream().map(PendingSignal::messageId).toList();
  }
}
