package io.ripen.engine.content;

import io.ripen.engine.feel.FeelName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The names of the facts, as conditions ask for them. */
public final class FactNames {

  /** What messages have beside the facts. */
  private static final String LINKS = "links";

  /** What FEEL itself knows of times and durations. */
  private static final Set<String> OF_TIMES =
      Set.of(
          "year",
          "month",
          "day",
          "weekday",
          "hour",
          "minute",
          "second",
          "timezone",
          "years",
          "months",
          "days",
          "hours",
          "minutes",
          "seconds");

  private static final Shape.Group FACTS = withoutLinks();

  private FactNames() {}

  /**
   * A name in a condition that is no fact.
   *
   * @param name as the condition has it
   * @param meant the fact that was probably meant, where there is one that is much like it
   */
  public record Unknown(String name, @Nullable String meant) {

    /** What to do about it. */
    public String fix(String example) {
      if (meant != null) {
        return "did you mean " + meant + "?";
      }
      String facts = "use a fact that templates know, for example " + example;
      return name.contains(".") ? facts : facts + ", or write \"" + name + "\" if it is a text";
    }
  }

  private static Shape.Group withoutLinks() {
    Map<String, Shape> facts = new TreeMap<>(Shape.FACTS.facts());
    facts.remove(LINKS);
    return new Shape.Group(facts);
  }

  /**
   * A fact that a FEEL condition asks for and that no lead can have. FEEL itself takes it for null,
   * so that the condition would silently never hold.
   */
  public static Optional<Unknown> unknownIn(Collection<FeelName> names) {
    return names.stream()
        .filter(name -> !name.ofElement() || FACTS.facts().containsKey(name.root()))
        .filter(name -> !known(FACTS, name.path()))
        .findFirst()
        .map(name -> new Unknown(name.toString(), meant(name.path())));
  }

  private static boolean known(Shape shape, List<String> names) {
    Shape here = shape;
    for (String name : names) {
      if (here instanceof Shape.Open) {
        return true;
      }
      Shape next = here instanceof Shape.Value && OF_TIMES.contains(name) ? here : of(here, name);
      if (next == null) {
        return false;
      }
      here = next;
    }
    return true;
  }

  /** FEEL maps a name over a list: cart.items.price are the prices of all. */
  private static @Nullable Shape of(Shape shape, String name) {
    Shape group = shape instanceof Shape.Many many ? many.each() : shape;
    return group instanceof Shape.Group facts ? facts.facts().get(name) : null;
  }

  private static @Nullable String meant(List<String> names) {
    return names.size() == 1 ? withoutItsGroup(names.get(0)) : spelled(names);
  }

  /** As in {@code score} for {@code lead.score}. */
  private static @Nullable String withoutItsGroup(String name) {
    for (String group : List.of("lead", "cart", "order", "event")) {
      if (FACTS.facts().get(group) instanceof Shape.Group facts) {
        Optional<String> fact = Nearest.to(name, facts.facts().keySet());
        if (fact.isPresent()) {
          return group + "." + fact.get();
        }
      }
    }
    return null;
  }

  /** The same path, each part as it is really spelled. */
  private static @Nullable String spelled(List<String> names) {
    List<String> spelled = new ArrayList<>();
    Shape here = FACTS;
    for (String name : names) {
      Shape group = here instanceof Shape.Many many ? many.each() : here;
      String right = name;
      if (group instanceof Shape.Group facts) {
        Optional<String> nearest = Nearest.to(name, facts.facts().keySet());
        if (nearest.isEmpty()) {
          return null;
        }
        right = nearest.get();
      }
      spelled.add(right);
      Shape next = of(here, right);
      here = next == null ? Shape.OPEN : next;
    }
    return known(FACTS, spelled) ? String.join(".", spelled) : null;
  }
}
