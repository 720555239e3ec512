package io.ripen.engine.console;

import io.ripen.engine.sales.TaskAnswer;
import io.ripen.engine.sales.TaskCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Decides as Zeebe does, and shows it in the read model at once. */
final class FakeTasks implements TaskCommands {

  private final JdbcClient jdbc;
  final List<Map<String, Object>> completedWith = new ArrayList<>();
  private @Nullable TaskAnswer trouble;
  private Runnable before = () -> {};

  FakeTasks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void reset() {
    trouble = null;
    before = () -> {};
    completedWith.clear();
  }

  /** From now on answers everything so. */
  void answers(TaskAnswer answer) {
    trouble = answer;
  }

  /** Lets something happen just before the next command. */
  void before(Runnable happening) {
    before = happening;
  }

  /** What the broker decides for somebody else meanwhile. */
  void taken(long key, String by, String state) {
    jdbc.sql("update user_task set assignee = ?, state = ? where key = ?")
        .params(by, state, key)
        .update();
  }

  @Override
  public TaskAnswer claim(long key, String name) {
    return decide(
        () -> {
          Optional<String> has =
              jdbc.sql(
                      "select coalesce(assignee, '') from user_task where key = ? and state = 'open'")
                  .param(key)
                  .query(String.class)
                  .optional();
          if (has.isEmpty()) {
            return new TaskAnswer.Gone();
          }
          if (!has.get().isEmpty() && !has.get().equals(name)) {
            return new TaskAnswer.Taken();
          }
          taken(key, name, "open");
          return new TaskAnswer.Done();
        });
  }

  @Override
  public TaskAnswer giveBack(long key) {
    return decide(
        () -> change("update user_task set assignee = null where key = ? and state = 'open'", key));
  }

  @Override
  public TaskAnswer complete(long key, Map<String, Object> variables) {
    return decide(
        () -> {
          completedWith.add(variables);
          return change(
              "update user_task set state = 'completed' where key = ? and state = 'open'", key);
        });
  }

  private TaskAnswer change(String sql, long key) {
    return jdbc.sql(sql).param(key).update() == 0 ? new TaskAnswer.Gone() : new TaskAnswer.Done();
  }

  private TaskAnswer decide(Supplier<TaskAnswer> usual) {
    before.run();
    TaskAnswer answer = trouble;
    return answer == null ? usual.get() : answer;
  }
}
