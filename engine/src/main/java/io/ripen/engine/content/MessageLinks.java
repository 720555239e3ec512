package io.ripen.engine.content;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The links that only Ripen can make, as templates find them under {@code links}. */
public final class MessageLinks {

  private MessageLinks() {}

  /**
   * What stands under {@code links}.
   *
   * @param unsubscribe null where there is nothing to unsubscribe from
   * @param telegram null where no bot is set up
   * @param answer the address that answers a question, by {@code links.answer.QUESTION.ANSWER}
   */
  public static Map<String, @Nullable Object> tree(
      @Nullable String unsubscribe,
      String preferences,
      @Nullable String confirm,
      @Nullable String download,
      @Nullable String telegram,
      BinaryOperator<String> answer) {
    Map<String, @Nullable Object> links = new HashMap<>();
    links.put("unsubscribe", unsubscribe);
    links.put("preferences", preferences);
    links.put("confirm", confirm);
    links.put("download", download);
    links.put("telegram", telegram);
    links.put("answer", new Asked(question -> new Asked(choice -> answer.apply(question, choice))));
    return links;
  }

  /** A map that has a value for every name, made when it is asked for. */
  private static final class Asked extends AbstractMap<String, Object> {
    private final Function<String, Object> value;

    Asked(Function<String, Object> value) {
      this.value = value;
    }

    @Override
    public Object get(Object name) {
      return value.apply(String.valueOf(name));
    }

    @Override
    public boolean containsKey(Object name) {
      return true;
    }

    @Override
    public boolean isEmpty() {
      return false;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      return Set.of();
    }
  }
}
