package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.MigrationPlan;
import io.camunda.client.api.response.ActivatedJob;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * What Zeebe makes of instances that wait for a person, that stand still or that wait for another
 * flow, when they come to another version. The flows are small ones, deployed as from Modeler.
 */
@ExtendWith(RipenExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MovesIT {

  private final LocalRipen ripen;
  private final Instances instances;
  private final CamundaClient zeebe;

  MovesIT(LocalRipen ripen) {
    this.ripen = ripen;
    this.instances = new Instances(ripen);
    this.zeebe =
        CamundaClient.newClientBuilder()
            .grpcAddress(URI.create("http://127.0.0.1:" + ripen.zeebeGrpcPort()))
            .restAddress(URI.create("http://127.0.0.1:" + ripen.zeebeRestPort()))
            .preferRestOverGrpc(false)
            .build();
  }

  @AfterAll
  void stop() {
    zeebe.close();
    instances.close();
  }

  @Test
  void who_waits_for_a_person_moves_with_the_task() {
    deploy("asks", way(task("ask")));
    Instances.Instance run = begin("asks").awaitAt("ask");
    deploy("asks", way(task("ask"), job("then")));

    assertMoves("asks", "ask");

    long task = key("the task", () -> ripen.database().openTask("asks", 2));
    zeebe.newCompleteUserTaskCommand(task).send().join();
    run.awaitAt("then");
  }

  @Test
  void who_stands_still_moves_with_the_incident_and_goes_on_when_it_is_resolved() {
    deploy("breaks", way(job("work")));
    Instances.Instance run = begin("breaks").awaitAt("work");
    ActivatedJob job = activate("work");
    zeebe.newFailCommand(job).retries(0).errorMessage("it broke").send().join();
    long incident = key("the incident", () -> ripen.database().openIncident("breaks", 1));
    deploy("breaks", way(job("work"), job("then")));

    assertMoves("breaks", "work");

    assertThat(key("the incident", () -> ripen.database().openIncident("breaks", 2)))
        .isEqualTo(incident);
    zeebe.newUpdateRetriesCommand(job.getKey()).retries(1).send().join();
    zeebe.newResolveIncidentCommand(incident).send().join();
    zeebe.newCompleteCommand(activate("work")).send().join();
    run.awaitAt("then");
  }

  @Test
  void a_step_that_could_not_begin_begins_in_a_version_that_is_mended() {
    deploy("stuck", way(wait("wait", "=nothing")));
    Instances.Instance run = begin("stuck");
    long incident = key("the incident", () -> ripen.database().openIncident("stuck", 1));
    deploy("stuck", way(wait("wait", "PT1H")));

    assertMoves("stuck", "wait");

    zeebe.newResolveIncidentCommand(incident).send().join();
    run.awaitAt("wait");
  }

  @Test
  void one_that_could_not_begin_beside_one_that_did_is_seen_as_well() {
    Drawing wait = wait("wait", "=nothing");
    String both =
        "<bpmn:startEvent id=\"start\" />%s%s%s%s"
            .formatted(
                wait.xml(), job("beside").xml(), arrow("start", "wait"), arrow("start", "beside"));
    deploy("parallel", both);
    begin("parallel").awaitAt("beside");
    key("the incident", () -> ripen.database().openIncident("parallel", 1));
    deploy("parallel", both + "<bpmn:endEvent id=\"end\" />" + arrow("beside", "end"));

    assertMoves("parallel", "beside", "wait");
  }

  @Test
  void a_flow_that_calls_and_one_that_is_called_move_each_by_itself() {
    Drawing call =
        new Drawing(
            "call",
            "<bpmn:callActivity id=\"call\"><bpmn:extensionElements><zeebe:calledElement"
                + " processId=\"called\" /></bpmn:extensionElements></bpmn:callActivity>");
    deploy("called", way(task("ask")));
    deploy("calls", way(call));
    Instances.Instance parent = begin("calls").awaitAt("call");
    key("the task", () -> ripen.database().openTask("called", 1));
    deploy("called", way(task("ask"), job("calledThen")));
    deploy("calls", way(call, job("then")));

    assertMoves("called", "ask");
    assertMoves("calls", "call");

    long task = key("the task", () -> ripen.database().openTask("called", 2));
    zeebe.newCompleteUserTaskCommand(task).send().join();
    zeebe.newCompleteCommand(activate("calledThen")).send().join();
    parent.awaitAt("then");
  }

  @Test
  void a_version_that_was_deleted_is_not_taken_for_an_instance_that_has_ended() {
    deploy("fades", way(task("ask")));
    begin("fades").awaitAt("ask");
    long deleted = deploy("fades", way(task("ask"), job("then")));
    awaitPlaces("fades", "ask");
    zeebe.newDeleteResourceCommand(deleted).send().join();

    JsonNode batch = ask("fades", "batch");

    assertThat(batch.path("gone").asInt()).isZero();
    assertThat(batch.path("left").path(0).path("reason").asString())
        .startsWith("Zeebe refused: ")
        .contains("no process definition found", "deploy the flow again");
  }

  @Test
  void an_instance_that_has_ended_is_told_by_words_of_its_own() {
    long version = deploy("ends", way());
    long ended =
        zeebe
            .newCreateInstanceCommand()
            .bpmnProcessId("ends")
            .latestVersion()
            .withResult()
            .send()
            .join()
            .getProcessInstanceKey();
    MigrationPlan plan =
        MigrationPlan.newBuilder()
            .withTargetProcessDefinitionKey(version)
            .addMappingInstruction("start", "start")
            .build();

    assertThatThrownBy(
            () -> zeebe.newMigrateProcessInstanceCommand(ended).migrationPlan(plan).send().join())
        .hasMessageContaining("no process instance found");
  }

  private void assertMoves(String flow, String... places) {
    JsonNode group = awaitPlaces(flow, places);
    assertThat(group.path("refused").isNull()).as(group.toString()).isTrue();
    JsonNode batch = ask(flow, "batch");
    assertThat(batch.path("moved").asInt()).as(batch.toString()).isEqualTo(1);
  }

  /** The only group of the preview, once the instance is seen to stand there. */
  private JsonNode awaitPlaces(String flow, String... places) {
    return soon(flow + " at " + List.of(places))
        .until(
            () -> ask(flow, "preview").path("groups").path(0),
            group -> List.of(places).equals(List.copyOf(group.path("places").propertyNames())));
  }

  private JsonNode ask(String flow, String what) {
    return Http.json(
        ripen.http().post("/api/flows/" + flow + "/migration/" + what, "application/json", "{}"));
  }

  private static long key(String what, Supplier<Long> key) {
    return soon(what).until(key::get, Objects::nonNull);
  }

  private Instances.Instance begin(String flow) {
    return instances.begunBy(
        flow,
        () -> zeebe.newCreateInstanceCommand().bpmnProcessId(flow).latestVersion().send().join());
  }

  private ActivatedJob activate(String type) {
    return soon("a job " + type)
        .until(
            () ->
                zeebe
                    .newActivateJobsCommand()
                    .jobType(type)
                    .maxJobsToActivate(1)
                    .timeout(Duration.ofMinutes(5))
                    .send()
                    .join()
                    .getJobs(),
            jobs -> !jobs.isEmpty())
        .getFirst();
  }

  /** Deploys, and waits until Ripen knows of it. */
  private long deploy(String flow, String content) {
    String xml =
        """
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" targetNamespace="test">
          <bpmn:process id="%s" isExecutable="true">%s</bpmn:process>
        </bpmn:definitions>
        """
            .formatted(flow, content);
    var deployed =
        zeebe
            .newDeployResourceCommand()
            .addResourceBytes(xml.getBytes(StandardCharsets.UTF_8), flow + ".bpmn")
            .send()
            .join()
            .getProcesses()
            .getFirst();
    soon("version %d of %s".formatted(deployed.getVersion(), flow))
        .until(
            () ->
                Http.json(ripen.http().get("/api/versions/" + flow)).path(0).path("version").asInt()
                    == deployed.getVersion());
    return deployed.getProcessDefinitionKey();
  }

  /** A step by its id and its BPMN. */
  private record Drawing(String id, String xml) {}

  /** From a start along steps to an end. */
  private static String way(Drawing... steps) {
    StringBuilder xml = new StringBuilder("<bpmn:startEvent id=\"start\" />");
    String last = "start";
    for (Drawing step : steps) {
      xml.append(step.xml()).append(arrow(last, step.id()));
      last = step.id();
    }
    return xml.append("<bpmn:endEvent id=\"end\" />").append(arrow(last, "end")).toString();
  }

  private static String arrow(String from, String to) {
    return "<bpmn:sequenceFlow id=\"%s_%s\" sourceRef=\"%s\" targetRef=\"%s\" />"
        .formatted(from, to, from, to);
  }

  private static Drawing task(String id) {
    return new Drawing(
        id,
        """
        <bpmn:userTask id="%s"><bpmn:extensionElements><zeebe:userTask /></bpmn:extensionElements></bpmn:userTask>
        """
            .formatted(id));
  }

  private static Drawing job(String type) {
    return new Drawing(
        type,
        """
        <bpmn:serviceTask id="%s">
          <bpmn:extensionElements><zeebe:taskDefinition type="%s" /></bpmn:extensionElements>
        </bpmn:serviceTask>
        """
            .formatted(type, type));
  }

  private static Drawing wait(String id, String time) {
    return new Drawing(
        id,
        """
        <bpmn:intermediateCatchEvent id="%s">
          <bpmn:timerEventDefinition>
            <bpmn:timeDuration xsi:type="bpmn:tFormalExpression">%s</bpmn:timeDuration>
          </bpmn:timerEventDefinition>
        </bpmn:intermediateCatchEvent>
        """
            .formatted(id, time));
  }
}
