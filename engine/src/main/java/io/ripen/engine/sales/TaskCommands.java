package io.ripen.engine.sales;

import java.util.Map;

/** What people do with tasks, told to Zeebe. Zeebe decides; nothing is remembered here. */
public interface TaskCommands {

  /** Gives the task to this person, unless somebody else has it. */
  TaskAnswer claim(long key, String name);

  /** Takes the task from whoever has it, so that all of the team may take it. */
  TaskAnswer giveBack(long key);

  /** Finishes the task; the flow goes on with these variables, which are ids and decisions only. */
  TaskAnswer complete(long key, Map<String, Object> variables);
}
