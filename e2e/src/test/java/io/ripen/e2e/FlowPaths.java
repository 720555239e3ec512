package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.instance.EventBasedGateway;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every way through one flow, on the real servers with time moved forward. When all tests have run,
 * each arrow of the diagram has been gone along, or the class fails.
 */
@ExtendWith(RipenExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
abstract class FlowPaths {

  static final Duration SECONDS = Duration.ofSeconds(5);

  /** The messages come in all their languages. */
  private static final Iterator<String> LOCALES =
      Stream.iterate(0, i -> i + 1).map(i -> List.of("en", "ru", "hu").get(i % 3)).iterator();

  final LocalRipen ripen;
  private final String flow;
  private final Instances instances;

  FlowPaths(String flow, LocalRipen ripen) {
    this.flow = flow;
    this.ripen = ripen;
    this.instances = new Instances(ripen);
  }

  Lead aVisitor() {
    return Lead.speaking(LOCALES.next(), flow, ripen);
  }

  Lead aLead() {
    return aVisitor().whoMayBeWrittenTo().settles();
  }

  /** The run of the flow that begins with what is done here. */
  Instances.Instance begins(Runnable trigger) {
    return instances.begunBy(flow, trigger);
  }

  /** The run of another flow that begins with it. */
  Instances.Instance begins(String other, Runnable trigger) {
    return instances.begunBy(other, trigger);
  }

  /** How many runs of a flow began with this start event until now. */
  long begunWith(String flow, String startEvent) {
    return instances.countPast(flow, startEvent);
  }

  /** Somebody decides that the lead is this by now. */
  void decides(Lead lead, String stage) {
    ripen.tell("Stage Changed", lead.id(), Map.of("to", stage, "reason", "for the test"));
    soon("the decision").until(() -> lead.stage().equals(stage));
  }

  void minutesLater(int minutes) {
    ripen.advance(Duration.ofMinutes(minutes).plus(SECONDS));
  }

  void hoursLater(int hours) {
    ripen.advance(Duration.ofHours(hours).plus(SECONDS));
  }

  void daysLater(int days) {
    ripen.advance(Duration.ofDays(days).plus(SECONDS));
  }

  @AfterAll
  void every_arrow_has_been_taken() {
    Collection<SequenceFlow> arrows =
        Bpmn.readModelFromFile(
                Build.root().resolve("bpmn/%s/%s.bpmn".formatted(flow, flow)).toFile())
            .getModelElementsByType(SequenceFlow.class);
    Set<String> left =
        arrows.stream()
            .filter(arrow -> !isTaken(arrow))
            .map(SequenceFlow::getId)
            .collect(Collectors.toCollection(TreeSet::new));
    System.out.printf(
        "%s: %d of %d arrows taken%n", flow, arrows.size() - left.size(), arrows.size());
    instances.close();
    assertThat(left).as("arrows of %s that no test takes", flow).isEmpty();
  }

  /** Zeebe does not tell of the arrows behind an event gateway, only of what came first. */
  private boolean isTaken(SequenceFlow arrow) {
    return arrow.getSource() instanceof EventBasedGateway
        ? instances.past(flow).contains(arrow.getTarget().getId())
        : instances.taken(flow).contains(arrow.getId());
  }
}
