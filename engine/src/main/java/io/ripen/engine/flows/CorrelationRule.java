package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.Message;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeSubscription;
import io.ripen.engine.feel.Feel;
import io.ripen.engine.feel.InvalidFeel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Waits that find the right run: by the key that the signal is sent with, and that the run has. */
final class CorrelationRule implements FlowRule {

  private static final String RULE = "correlation-key";

  private static final Map<String, String> VARIABLES =
      Map.of("cart", "=cartId", "order", "=orderId", "lead", "=leadId");

  /** What a signal is about only sometimes, by the key that goes by it. */
  private static final Map<String, String> THINGS = Map.of("=cartId", "cart", "=orderId", "order");

  private static final String LEAD = "lead";
  private static final String ANSWER = "answer";
  private static final String EVENT = "event";
  private static final Pattern ANSWER_KEY = Pattern.compile("=leadId\\s*\\+\\s*\":");

  /** What ends flows that are about a lead alone, and the name of its exit in the palette. */
  private static final String PURCHASE = "purchase.made";

  private static final String PURCHASE_EXIT = "Purchase made";

  private final SignalNames signals;
  private final Feel feel;
  private final Map<String, Set<String>> forms;

  /**
   * @param forms the fields of each form by its id
   */
  CorrelationRule(SignalNames signals, Feel feel, Map<String, Set<String>> forms) {
    this.signals = signals;
    this.feel = feel;
    this.forms = forms;
  }

  /** What its runs have. */
  private record Runs(Flow flow, StartSignals starts, FlowVariables variables) {

    /**
     * The starts without what a wait goes by; none where it has it, or may have it by then. A key
     * that is nothing is an incident as soon as the wait begins.
     */
    List<String> lacking(String key, Flow.Waiting event) {
      String thing = THINGS.get(key);
      if (thing == null || starts.orAnything()) {
        return List.of();
      }
      List<String> without = starts.without(thing);
      return event.isFromTheStart()
              || (without.size() == starts.names().size()
                  && !variables.mayBeSetByStep(key.substring(1))
                  && !hearsBefore(key, event))
          ? without
          : List.of();
    }

    /** Whether it goes on with another signal, which may be about the thing. */
    private boolean hearsBefore(String key, Flow.Waiting event) {
      return flow.waiting().stream()
          .filter(other -> !other.startsFlow() && !other.equals(event))
          // What ends the whole run leads to no other wait.
          .filter(other -> !(other.isExit() && other.isFromTheStart()))
          .anyMatch(other -> !key.equals(key(other.message())));
    }
  }

  @Override
  public void check(Flow flow, Report report) {
    Runs runs = new Runs(flow, StartSignals.of(flow, signals), FlowVariables.of(flow, forms));
    for (Flow.Waiting event : flow.waiting()) {
      Message message = event.message();
      if (message != null && message.getName() != null && !event.startsFlow()) {
        check(event, message.getName(), key(message), runs, report);
      }
    }
  }

  private void check(Flow.Waiting event, String signal, String key, Runs runs, Report report) {
    List<String> sentBy = signals.keys(signal);
    if (sentBy.equals(List.of(EVENT))) {
      report.error(
          event.node(),
          RULE,
          "it waits for %s, which only starts flows: each is sent with a key of its own"
              .formatted(signal),
          "wait for another signal, such as replied");
    } else if (key.isBlank()) {
      report.error(
          event.node(),
          RULE,
          "it does not say whose " + signal + " it waits for",
          remedy(event, signal, runs));
    } else if (isFeel(event, signal, key, runs, report)) {
      checkKey(event, signal, key, runs, report);
    }
  }

  private boolean isFeel(Flow.Waiting event, String signal, String key, Runs runs, Report report) {
    try {
      feel.check(key);
      return true;
    } catch (InvalidFeel e) {
      report.error(event.node(), RULE, String.valueOf(e.getMessage()), remedy(event, signal, runs));
      return false;
    }
  }

  private void checkKey(Flow.Waiting event, String signal, String key, Runs runs, Report report) {
    List<String> sentBy = signals.keys(signal);
    List<String> fitting = fitting(signal);
    boolean isAnswer = sentBy.contains(ANSWER) && ANSWER_KEY.matcher(key).lookingAt();
    if (sentBy.equals(List.of(ANSWER)) && !isAnswer) {
      report.error(
          event.node(),
          RULE,
          "it waits with %s, which names no question".formatted(key),
          remedy(event, signal, runs));
    } else if (!fitting.isEmpty() && !fitting.contains(key) && !isAnswer) {
      report.error(
          event.node(),
          RULE,
          "it waits with %s, but %s is sent with %s"
              .formatted(key, signal, String.join(" or ", fitting).replace("=", "")),
          remedy(event, signal, runs));
    } else {
      List<String> lacking = runs.lacking(key, event);
      if (!lacking.isEmpty()) {
        report.error(
            event.node(),
            RULE,
            "it waits with %s, which runs that begin by %s do not have: they would stand still"
                .formatted(key, String.join(" or ", lacking)),
            remedy(event, signal, runs));
      }
    }
  }

  /** The keys by which a run can wait for the signal, but for those of answers. */
  private List<String> fitting(String signal) {
    return signals.keys(signal).stream()
        .flatMap(sentBy -> Stream.ofNullable(VARIABLES.get(sentBy)))
        .toList();
  }

  private String remedy(Flow.Waiting event, String signal, Runs runs) {
    if (signals.keys(signal).contains(ANSWER)) {
      return "write =leadId + \":help\" for the question help";
    }
    List<String> fitting = fitting(signal);
    List<String> had = fitting.stream().filter(key -> runs.lacking(key, event).isEmpty()).toList();
    if (!had.isEmpty()) {
      return "set its correlation key to " + String.join(" or ", had);
    }
    return fitting.isEmpty()
        ? "set its correlation key, for example =leadId"
        : "wait for a signal that is sent by lead"
            + (signals.keys(PURCHASE).contains(LEAD)
                ? ", such as %s (%s)".formatted(PURCHASE_EXIT, PURCHASE)
                : "");
  }

  private static String key(@Nullable Message message) {
    return message == null
        ? ""
        : Flow.extension(message, ZeebeSubscription.class)
            .map(ZeebeSubscription::getCorrelationKey)
            .map(CorrelationRule::withoutBlanks)
            .orElse("");
  }

  /** To FEEL {@code = cartId} is the same. */
  private static String withoutBlanks(String key) {
    return key.startsWith("=") ? "=" + key.substring(1).strip() : key;
  }
}
