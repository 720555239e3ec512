package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import io.ripen.engine.consents.Purposes;
import io.ripen.engine.content.ContentProblem;
import io.ripen.engine.content.MessageCheck;
import io.ripen.engine.content.MessageKind;
import io.ripen.engine.feel.Feel;
import io.ripen.engine.flows.Finding.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Tasks that send a message: which, why, when, and what if not. */
final class SendRule implements FlowRule {

  /** The rule that tells of messages which are there. */
  static final String MESSAGE = "message";

  /** The rule that tells of links which may lead nowhere. */
  static final String DOWNLOAD = "message-download";

  private static final Set<String> PRIORITIES = Set.of("low", "normal", "high");
  private static final FactsExpression ONLY_IF =
      new FactsExpression("onlyIf", "only-if", "cart.state = \"open\"");

  private final MessageCheck messages;
  private final Feel feel;

  SendRule(MessageCheck messages, Feel feel) {
    this.messages = messages;
    this.feel = feel;
  }

  static boolean sends(Flow flow) {
    return flow.all(ServiceTask.class).stream().anyMatch(SendRule::isSend);
  }

  @Override
  public void check(Flow flow, Report report) {
    Set<String> unused = new TreeSet<>(messages.messages(flow.process().getId()));
    boolean allThere = true;
    for (ServiceTask task : flow.all(ServiceTask.class)) {
      // Whether a task of another kind is one, other rules say.
      Flow.header(task, "message").ifPresent(unused::remove);
      if (isSend(task)) {
        String purpose = checkPurpose(task, report);
        allThere &= checkMessage(flow, task, purpose, report);
        ONLY_IF.check(task, feel, report);
        checkPriority(task, report);
        checkUseBy(task, report);
        checkNotSent(flow, task, report);
      }
    }
    // Of a message that is spelled wrongly it would be said twice.
    if (allThere && !unused.isEmpty()) {
      report.warning(
          flow.process(),
          "message-unused",
          "no task sends " + String.join(", ", unused),
          "name it in a Send e-mail task, or delete it");
    }
  }

  static boolean isSend(ServiceTask task) {
    return channel(task).isPresent();
  }

  private static Optional<String> channel(ServiceTask task) {
    return Flow.jobType(task).flatMap(SendJobs::channel);
  }

  private static boolean isText(ServiceTask task) {
    return channel(task).filter("sms"::equals).isPresent();
  }

  private static MessageKind kind(ServiceTask task) {
    return channel(task).filter("email"::equals).isPresent()
        ? MessageKind.EMAIL
        : MessageKind.SHORT;
  }

  private static String checkPurpose(ServiceTask task, Report report) {
    Optional<String> purpose = Flow.header(task, "purpose");
    if (purpose.isEmpty()) {
      report.error(
          task,
          "purpose",
          "it has no purpose",
          "choose marketing, newsletter or transactional: consent needs it");
    } else if (!Purposes.ALL.contains(purpose.get())) {
      report.error(
          task,
          "purpose",
          "\"" + purpose.get() + "\" is no purpose",
          "choose marketing, newsletter or transactional");
    } else if (purpose.get().equals(Purposes.CONFIRMATION) && !isText(task)) {
      report.error(
          task,
          "purpose",
          "only a text message asks to confirm",
          "choose transactional for an e-mail that asks to confirm, or use Send SMS");
    }
    return purpose.orElse("marketing");
  }

  private static void checkPriority(ServiceTask task, Report report) {
    Flow.header(task, "priority")
        .filter(name -> !PRIORITIES.contains(name))
        .ifPresent(
            name ->
                report.error(
                    task,
                    "priority",
                    "\"" + name + "\" is no priority",
                    "choose high, normal or low, or leave it empty"));
  }

  private static void checkUseBy(ServiceTask task, Report report) {
    Flow.header(task, "useBy")
        .filter(value -> StepFields.useBy(value.strip()) == null)
        .ifPresent(
            value ->
                report.error(
                    task,
                    "use-by",
                    "\"" + value + "\" is no time that it is of use for",
                    "write P1D for a day or PT4H for four hours, or leave it empty"));
  }

  /** Whether the message is there. */
  private boolean checkMessage(Flow flow, ServiceTask task, String purpose, Report report) {
    Optional<String> message = Flow.header(task, "message");
    if (message.isEmpty()) {
      report.error(
          task, "message-missing", "it names no message", "name one of the flow's messages");
      return false;
    }
    String flowId = flow.process().getId();
    if (!flow.name().equals(flowId)) {
      // Messages are found by the flow's name, and that it is wrong has been said.
      return false;
    }
    MessageKind kind = kind(task);
    if (!messages.isThere(flowId, message.get(), kind)) {
      report.error(
          task,
          "message-missing",
          "there is no %smessage %s"
              .formatted(kind == MessageKind.SHORT ? "short " : "", message.get()),
          "write %s/messages/%s.en.%s"
              .formatted(
                  flowId,
                  message.get(),
                  kind == MessageKind.SHORT ? "short.txt" : "mjml and .txt"));
      return false;
    }
    tell(
        messages.check(flowId, message.get(), kind, !Purposes.isAwaited(purpose)),
        Severity.ERROR,
        MESSAGE,
        report);
    tell(messages.unsureDownloads(flowId, message.get(), kind), Severity.WARNING, DOWNLOAD, report);
    if (kind == MessageKind.SHORT) {
      tell(
          messages.withoutWhatsApp(flowId, message.get()),
          Severity.WARNING,
          "message-whatsapp",
          report);
    }
    return true;
  }

  private static void tell(
      List<ContentProblem> problems, Severity severity, String rule, Report report) {
    problems.forEach(problem -> report.add(finding(problem, severity, rule)));
  }

  static Finding finding(ContentProblem problem, Severity severity, String rule) {
    String where = problem.line() > 0 ? "line " + problem.line() : "";
    return new Finding(severity, problem.file(), where, rule, problem.problem(), problem.fix());
  }

  private static void checkNotSent(Flow flow, ServiceTask task, Report report) {
    if (!StepRule.catches(flow, task, "touch.denied", "touch.rejected")) {
      report.error(
          task,
          "not-sent",
          "it has no way for the case that nothing is sent",
          "put an error boundary event on it: without consent the flow would stand still");
    }
  }
}
