package io.ripen.engine.tables;

import org.jspecify.annotations.Nullable;

/** Makes a rule of a row. */
@FunctionalInterface
public interface RuleOfRow<R> {

  /** Returns the rule, or null after the row was told what is wrong with it. */
  @Nullable R read(Row row);
}
