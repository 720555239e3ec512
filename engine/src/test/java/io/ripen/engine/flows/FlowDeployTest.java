package io.ripen.engine.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ripen.engine.flows.DeployResult.DeployedFlow;
import io.ripen.engine.standstill.Turnstile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowDeployTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-05-04T10:00:00Z"), ZoneOffset.UTC);

  @TempDir Path shipped;
  @TempDir Path broken;

  @BeforeEach
  void aFlowInOrder() throws IOException {
    Shipped.flows(shipped);
  }

  private final List<Set<String>> sent = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> registered = new ConcurrentLinkedQueue<>();
  private final FlowRegistry registry =
      (key, id, version, xml, at) ->
          registered.add("%s %d %d %s %s".formatted(id, version, key, xml.length() > 1000, at));

  @Test
  void a_flow_in_order_is_deployed_and_registered() {
    DeployResult result = deploy(shipped, this::take).deployAll();

    assertThat(result)
        .isInstanceOfSatisfying(
            DeployResult.Deployed.class,
            deployed ->
                assertThat(deployed.flows())
                    .contains(new DeployedFlow("abandoned-cart", 3, 17, "abandoned-cart.bpmn")));
    assertThat(registered).contains("abandoned-cart 3 17 true 2026-05-04T10:00:00Z");
  }

  @Test
  void forms_of_tasks_go_with_the_flows_and_what_ripen_reads_itself_stays() {
    deploy(shipped, this::take).deployAll();

    assertThat(sent)
        .singleElement()
        .satisfies(
            files ->
                assertThat(files)
                    .contains("sales-handoff.bpmn", "sales-outcome.form")
                    .doesNotContain("signals.dmn", "score.dmn", "routing.dmn", "contact.form"));
  }

  @Test
  void a_broken_flow_never_reaches_zeebe_nor_do_those_beside_it() throws IOException {
    Path file = aBrokenFlow();

    DeployResult result =
        deploy(broken, this::take)
            .deploy(List.of(shipped.resolve("abandoned-cart/abandoned-cart.bpmn"), file));

    assertThat(result).isInstanceOf(DeployResult.Refused.class);
    assertThat(sent).isEmpty();
    assertThat(registered).isEmpty();
  }

  @Test
  void nothing_is_registered_when_zeebe_refuses() {
    DeployResult refusal = new DeployResult.Rejected("no");

    assertThat(deploy(shipped, files -> refusal).deployAll()).isEqualTo(refusal);
    assertThat(registered).isEmpty();
  }

  @Test
  void the_start_waits_for_zeebe() {
    AtomicInteger attempts = new AtomicInteger();
    List<Object> told = new CopyOnWriteArrayList<>();
    DeployAtStart start =
        atStart(
            deploy(
                shipped,
                files ->
                    attempts.incrementAndGet() < 3
                        ? new DeployResult.Unavailable("not yet")
                        : take(files)),
            told);

    start.start();

    await().atMost(Duration.ofMinutes(1)).until(() -> !told.isEmpty());
    start.destroy();
    int folders = sent.size();
    assertThat(registered).hasSize(folders);
    assertThat(attempts).hasValue(2 + folders);
  }

  @Test
  void what_is_to_come_is_named_until_zeebe_has_had_its_word() {
    AtomicReference<DeployAtStart> start = new AtomicReference<>();
    List<Integer> toCome = new CopyOnWriteArrayList<>();
    List<Boolean> away = new CopyOnWriteArrayList<>();
    List<Object> told = new CopyOnWriteArrayList<>();
    ZeebeDeploy zeebe =
        files -> {
          toCome.add(start.get().ids().size());
          away.add(start.get().isZeebeAway());
          return away.size() < 3 ? new DeployResult.Unavailable("not yet") : take(files);
        };
    start.set(atStart(deploy(shipped, zeebe), told));
    List<String> all = start.get().ids();
    assertThat(all).contains("abandoned-cart", "sales-handoff").doesNotContain("sales-outcome");

    start.get().start();

    await().atMost(Duration.ofMinutes(1)).until(() -> !told.isEmpty());
    start.get().destroy();
    assertThat(toCome)
        .startsWith(all.size(), all.size(), all.size())
        .isSortedAccordingTo(Comparator.reverseOrder())
        .endsWith(1);
    assertThat(away).startsWith(false, true, true, false).endsWith(false);
    assertThat(start.get().ids()).isEmpty();
    assertThat(start.get().isZeebeAway()).isFalse();
  }

  @Test
  void what_the_check_refuses_is_not_to_come() throws IOException {
    aBrokenFlow();
    List<Object> told = new CopyOnWriteArrayList<>();
    DeployAtStart start = atStart(deploy(broken, this::take), told);
    assertThat(start.ids()).containsExactly("broken");

    start.start();

    await().atMost(Duration.ofMinutes(1)).until(() -> !told.isEmpty());
    start.destroy();
    assertThat(start.ids()).isEmpty();
    assertThat(sent).isEmpty();
  }

  private static DeployAtStart atStart(FlowDeploy deploy, List<Object> told) {
    return new DeployAtStart(
        deploy, () -> false, told::add, Duration.ofMillis(10), new Turnstile());
  }

  private FlowDeploy deploy(Path bpmn, ZeebeDeploy zeebe) {
    return new FlowDeploy(
        zeebe,
        new FlowCheck(bpmn),
        FolderAtStart.AS_IT_IS,
        registry,
        (files, by) -> List.of(),
        CLOCK);
  }

  private DeployResult take(Map<String, byte[]> files) {
    sent.add(Set.copyOf(files.keySet()));
    return new DeployResult.Deployed(
        files.keySet().stream()
            .filter(file -> file.endsWith(".bpmn"))
            .map(file -> new DeployedFlow(file.replace(".bpmn", ""), 3, 17, file))
            .toList(),
        List.of());
  }

  private Path aBrokenFlow() throws IOException {
    Path folder = Files.createDirectories(broken.resolve("broken"));
    return Files.writeString(folder.resolve("broken.bpmn"), "<nothing/>");
  }
}
