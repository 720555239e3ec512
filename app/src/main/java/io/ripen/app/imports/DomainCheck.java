package io.ripen.app.imports;

import io.ripen.app.Terminal;
import io.ripen.engine.contacts.MailDomains;
import io.ripen.engine.contacts.MailDomains.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Refuses rows with addresses at domains that certainly receive no mail. Each domain is asked for
 * once, some at a time; where nobody answers, nobody is asked any more, and all are taken. For one
 * thread.
 */
final class DomainCheck implements AutoCloseable {

  private static final int MOST_AT_ONCE = 32;
  private static final int MOST_KEPT = 50_000;

  /** So many without an answer, one after the other, are no chance. */
  private static final int MOST_UNKNOWN = 50;

  private final MailDomains domains;
  private final Terminal terminal;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(MOST_AT_ONCE, Thread.ofVirtual().factory());
  private final Map<String, Answer> answers =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
          return size() > MOST_KEPT;
        }
      };
  private int unknown;

  DomainCheck(MailDomains domains, Terminal terminal) {
    this.domains = domains;
    this.terminal = terminal;
  }

  /** Moves rows from those that are sent to those that are refused. */
  void sift(Batch batch) {
    ask(batch);
    batch.refuse(
        row ->
            answers.get(row.domain()) == Answer.NO
                ? Optional.of(
                    "nobody receives mail at %s (--any-domain takes it)".formatted(row.domain()))
                : Optional.empty());
  }

  private void ask(Batch batch) {
    Map<String, Future<Answer>> asked = new LinkedHashMap<>();
    for (Batch.Said row : batch.said()) {
      String domain = row.domain();
      if (isAsking() && !domain.isEmpty() && !answers.containsKey(domain)) {
        asked.computeIfAbsent(domain, any -> threads.submit(() -> domains.ask(domain)));
      }
    }
    asked.forEach(
        (domain, answer) -> {
          if (isAsking()) {
            note(domain, await(answer));
          } else {
            answer.cancel(true);
          }
        });
  }

  private void note(String domain, Answer answer) {
    answers.put(domain, answer);
    unknown = answer == Answer.UNKNOWN ? unknown + 1 : 0;
    if (!isAsking()) {
      terminal.sayPlain(
          "  the domain name system does not answer: from here on addresses are taken without"
              + " asking whether their domains receive mail",
          "yellow");
    }
  }

  private boolean isAsking() {
    return unknown < MOST_UNKNOWN;
  }

  private static Answer await(Future<Answer> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a domain could not be asked for", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.UNKNOWN;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
