package io.ripen.engine.tables;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A decision table over facts. Parsed once; safe for use by many threads.
 *
 * @param <T> what the table is about
 * @param <R> what a row says
 */
public final class FactTable<T, R> {

  private final TableForm<T, R> form;
  private final Evaluation evaluation;
  private final List<Entry<T, R>> entries;
  private final boolean readsProperties;

  /** A rule and its guard. */
  record Entry<T, R>(int number, String id, R rule, Guard<T> guard) implements Evaluation.Rule {}

  FactTable(
      TableForm<T, R> form,
      Evaluation evaluation,
      List<Entry<T, R>> entries,
      boolean readsProperties) {
    this.form = form;
    this.evaluation = evaluation;
    this.entries = entries;
    this.readsProperties = readsProperties;
  }

  /**
   * Reads and checks a table.
   *
   * @param meters where rules are counted that cannot be evaluated
   * @throws InvalidTable when it cannot be used; the message tells all that is wrong, with rule and
   *     column
   */
  public static <T, R> FactTable<T, R> read(Path file, TableForm<T, R> form, MeterRegistry meters) {
    return new FactTableReader<>(file.toString(), form).read(file, meters);
  }

  /**
   * Reads and checks a table whose content is at hand; else as {@link #read(Path, TableForm,
   * MeterRegistry)}.
   *
   * @param shown what messages call it
   */
  public static <T, R> FactTable<T, R> read(
      String shown, byte[] content, TableForm<T, R> form, MeterRegistry meters) {
    return new FactTableReader<>(shown, form).read(content, meters);
  }

  /** What its rows say, from the top. */
  public List<R> rules() {
    return entries.stream().map(Entry::rule).toList();
  }

  /**
   * What the rows that match say, from the top.
   *
   * @param wanted which rules the caller cares for; the DMN engine is asked only where one of them
   *     may match and says more than plain texts, truth values and bounds
   */
  public List<R> matching(T subject, Predicate<R> wanted) {
    List<Entry<T, R>> candidates = List.of();
    for (Entry<T, R> entry : entries) {
      if (entry.guard().mayMatch(subject) && wanted.test(entry.rule())) {
        candidates = candidates.isEmpty() ? new ArrayList<>() : candidates;
        candidates.add(entry);
      }
    }
    return candidates.isEmpty() ? List.of() : evaluate(candidates, subject);
  }

  private List<R> evaluate(List<Entry<T, R>> candidates, T subject) {
    Set<String> matching =
        candidates.stream().allMatch(entry -> entry.guard().decides())
            ? Set.of()
            : evaluation.matching(
                candidates,
                form.facts().naming().apply(subject),
                form.facts().variables(subject, readsProperties));
    return candidates.stream()
        .filter(entry -> entry.guard().decides() || matching.contains(entry.id()))
        .map(Entry::rule)
        .limit(form.hits() == TableForm.Hits.FIRST ? 1 : candidates.size())
        .toList();
  }
}
