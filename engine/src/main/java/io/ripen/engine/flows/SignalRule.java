package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.Message;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeSubscription;
import io.ripen.engine.feel.Feel;
import io.ripen.engine.feel.InvalidFeel;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Signals that somebody sends, and exits that find the right instance. */
final class SignalRule implements FlowRule {

  private static final Map<String, String> VARIABLES =
      Map.of("cart", "=cartId", "order", "=orderId", "lead", "=leadId");
  private static final String ANSWER = "answer";
  private static final String EVENT = "event";
  private static final String ANSWER_KEY = "=leadId + \":";

  private final SignalNames signals;
  private final Feel feel;

  SignalRule(SignalNames signals, Feel feel) {
    this.signals = signals;
    this.feel = feel;
  }

  @Override
  public void check(Flow flow, Report report) {
    List<Flow.Waiting> waiting = flow.waiting();
    for (Flow.Waiting event : waiting) {
      Message message = event.message();
      if (message != null && message.getName() != null) {
        checkName(event, message.getName(), report);
        if (event.startsFlow()) {
          checkAge(event, message.getName(), report);
        } else {
          checkKey(event, message, report);
        }
      }
    }
    if (SendRule.sends(flow) && waiting.stream().noneMatch(Flow.Waiting::isExit)) {
      report.warning(
          flow.process(),
          "no-exit",
          "nothing ends it early: who did what it is for goes on getting messages",
          "add an event sub-process such as Order placed");
    }
  }

  private void checkName(Flow.Waiting event, String name, Report report) {
    if (name.startsWith("=")) {
      report.error(
          event.node(),
          "signal-name",
          "its signal has no fixed name (" + name + ")",
          "choose one from signals.dmn: nobody could tell what the flow waits for");
    } else if (signals.known() && !signals.keys().containsKey(name)) {
      report.error(
          event.node(),
          "signal-unknown",
          "nothing sends the signal " + name,
          "use one of "
              + String.join(", ", new TreeSet<>(signals.keys().keySet()))
              + ", or add a line to signals.dmn");
    }
  }

  private void checkAge(Flow.Waiting event, String name, Report report) {
    if (signals.ageless().contains(name)) {
      report.error(
          event.node(),
          "signal-age",
          "it starts by %s, which is told however long ago it happened: an import of old events"
                  .formatted(name)
              + " would start the flow for everybody in it",
          "say in signals.dmn for how long it is worth telling, for example P1D, or start by"
              + " another signal");
    }
  }

  private void checkKey(Flow.Waiting event, Message message, Report report) {
    List<String> sentBy = signals.keys(message.getName());
    if (sentBy.equals(List.of(EVENT))) {
      report.error(
          event.node(),
          "correlation-key",
          "it waits for %s, which only starts flows: each is sent with a key of its own"
              .formatted(message.getName()),
          "wait for another signal, such as replied");
      return;
    }
    String key =
        Flow.extension(message, ZeebeSubscription.class)
            .map(ZeebeSubscription::getCorrelationKey)
            .orElse("");
    if (key == null || key.isBlank()) {
      report.error(
          event.node(),
          "correlation-key",
          "it does not say whose " + message.getName() + " it waits for",
          "set its correlation key, for example =cartId");
      return;
    }
    try {
      feel.check(key);
    } catch (InvalidFeel e) {
      report.error(
          event.node(), "correlation-key", String.valueOf(e.getMessage()), "write =cartId");
      return;
    }
    if (sentBy.equals(List.of(ANSWER))) {
      if (!key.startsWith(ANSWER_KEY)) {
        report.error(
            event.node(),
            "correlation-key",
            "it waits with %s, which names no question".formatted(key),
            "write =leadId + \":help\" for the question help");
      }
      return;
    }
    String expected = expected(message.getName());
    if (expected != null && !expected.equals(key)) {
      report.error(
          event.node(),
          "correlation-key",
          "it waits with %s, but %s is sent with %s"
              .formatted(key, message.getName(), expected.substring(1)),
          "set its correlation key to " + expected);
    }
  }

  private @Nullable String expected(String signal) {
    List<String> keys = signals.keys(signal);
    return keys.size() == 1 ? VARIABLES.get(keys.get(0)) : null;
  }
}
