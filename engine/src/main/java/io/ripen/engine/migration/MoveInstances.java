package io.ripen.engine.migration;

import io.ripen.engine.migration.Batch.Left;
import io.ripen.engine.migration.MigrationJdbc.Version;
import io.ripen.engine.migration.ZeebeMigration.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Has Zeebe move instances, and notes each move before: whoever judges an instance later has to
 * know which of its steps was which in the versions that it came from, even if we die here.
 */
final class MoveInstances {

  private final MovesJdbc moves;
  private final ZeebeMigration zeebe;
  private final TransactionOperations transaction;

  MoveInstances(MovesJdbc moves, ZeebeMigration zeebe, TransactionOperations transaction) {
    this.moves = moves;
    this.zeebe = zeebe;
    this.transaction = transaction;
  }

  /** Who was looked at, and what each of those who can be moved has as its note and its way. */
  private record Judged(List<Instance> page, Map<Long, Verdict.Fits> fits, Map<Long, Long> notes) {}

  /**
   * Moves those of a page who can be moved.
   *
   * @param elements the new ids of what has others there
   * @param page reads who is next
   * @return empty where nobody is
   */
  Optional<Batch> move(
      int from,
      Version target,
      Mapping mapping,
      Map<String, String> elements,
      Supplier<List<Instance>> page) {
    Judged judged =
        Objects.requireNonNull(
            transaction.execute(status -> judge(from, target.number(), mapping, elements, page)));
    if (judged.page().isEmpty()) {
      return Optional.empty();
    }
    Map<Long, CompletableFuture<Answer>> answers = new LinkedHashMap<>();
    judged
        .fits()
        .forEach(
            (key, fits) ->
                answers.put(key, zeebe.move(key, target.processKey(), fits.instructions())));
    return Optional.of(batch(from, judged, answers));
  }

  /** Two at once would each judge the instance on a version that the other moves it from. */
  private Judged judge(
      int from,
      int to,
      Mapping mapping,
      Map<String, String> elements,
      Supplier<List<Instance>> next) {
    moves.lock();
    List<Instance> page = next.get();
    Map<Long, Verdict.Fits> fits = new LinkedHashMap<>();
    for (Instance instance : page) {
      if (mapping.verdict(instance) instanceof Verdict.Fits fit) {
        fits.put(instance.key(), fit);
      }
    }
    return new Judged(page, fits, moves.ask(fits.keySet(), from, to, elements));
  }

  private Batch batch(int from, Judged judged, Map<Long, CompletableFuture<Answer>> answers) {
    List<Left> left = new ArrayList<>();
    List<Long> moved = new ArrayList<>();
    List<Long> notMoved = new ArrayList<>();
    long gone = 0;
    for (Map.Entry<Long, CompletableFuture<Answer>> each : answers.entrySet()) {
      long note = Objects.requireNonNull(judged.notes().get(each.getKey()));
      switch (each.getValue().join()) {
        case Answer.Moved yes -> moved.add(note);
        case Answer.Gone ended -> {
          gone++;
          notMoved.add(note);
        }
        case Answer.Refused no -> {
          left.add(new Left(each.getKey(), "Zeebe refused: " + no.reason()));
          notMoved.add(note);
        }
        case Answer.NotNow notNow ->
            left.add(
                new Left(
                    each.getKey(),
                    "Zeebe did not answer, try again in a minute: " + notNow.cause()));
      }
    }
    transaction.executeWithoutResult(
        status -> {
          moves.moved(moved);
          moves.forget(notMoved);
        });
    List<Instance> page = judged.page();
    int refused = page.size() - judged.fits().size();
    return new Batch(from, page.getLast().key(), true, moved.size(), gone, refused, left);
  }
}
