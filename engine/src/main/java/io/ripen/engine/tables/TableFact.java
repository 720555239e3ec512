package io.ripen.engine.tables;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a column of a table may ask for.
 *
 * @param path the name in FEEL: a group and a name, as in {@code lead.visits}
 * @param value a subject's text, number or truth value, or null where there is none
 * @param <T> what the table is about
 */
public record TableFact<T>(String path, Function<T, @Nullable Object> value) {

  @Nullable Object of(T subject) {
    return value.apply(subject);
  }
}
