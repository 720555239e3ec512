package io.ripen.engine.tables;

import org.jspecify.annotations.Nullable;

/**
 * What a column of a table may ask for.
 *
 * @param <T> what the table is about
 */
public interface TableFact<T> {

  /** The name in FEEL: a group and a name, as in {@code lead.visits}. */
  String path();

  /** The value for this subject: a text, a number, a truth value, or null where there is none. */
  @Nullable Object of(T subject);
}
