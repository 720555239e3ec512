package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.Message;
import java.util.List;
import java.util.TreeSet;

/** Signals that somebody sends, and an end for who did what the flow is for. */
final class SignalRule implements FlowRule {

  private final SignalNames signals;

  SignalRule(SignalNames signals) {
    this.signals = signals;
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
        }
      }
    }
    if (SendRule.sends(flow) && waiting.stream().noneMatch(Flow.Waiting::isExit)) {
      report.warning(
          flow.process(),
          "no-exit",
          "nothing ends it early: who did what it is for goes on getting messages",
          "add an event sub-process such as "
              + (StartSignals.of(flow, signals).allBring("cart")
                  ? "Order placed"
                  : "Purchase made"));
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
}
