package io.ripen.e2e;

import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.HealthCheck;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.utility.DockerImageName;

/** A container that a test may kill, cut off from the others, and start again as it was. */
final class Box extends GenericContainer<Box> {

  /** Many start at once, and two cores are all that they have. */
  static final Duration STARTS_WITHIN = Duration.ofMinutes(4);

  private static final WaitStrategy NOTHING = new Immediate();

  private final String name;
  private final Network network;
  private final List<String> aliases;
  private Callable<Boolean> ready = () -> true;

  /**
   * @param aliases the names by which others of its network find it
   */
  Box(String image, Network network, String... aliases) {
    super(DockerImageName.parse(image));
    this.name = aliases[0];
    this.network = network;
    this.aliases = List.of(aliases);
    withNetwork(network).withNetworkAliases(aliases).waitingFor(NOTHING);
    // Whoever tests asks for itself; Docker would start a shell in each every few seconds.
    withCreateContainerCmdModifier(
        command -> command.withHealthcheck(new HealthCheck().withTest(List.of("NONE"))));
  }

  String name() {
    return name;
  }

  /** A port of it on this machine, the same after each start. */
  int publish(int port) {
    int free = Ports.free();
    List<String> bindings = new ArrayList<>(getPortBindings());
    bindings.add("127.0.0.1:%d:%d".formatted(free, port));
    setPortBindings(bindings);
    return free;
  }

  /** It is ready when this port of ours answers so with success. */
  Box readyAt(int port, String path) {
    Http http = new Http(port);
    return readyWhen(
        () -> {
          HttpResponse<String> answer = http.get(path);
          return answer.statusCode() == 200;
        });
  }

  Box readyWhen(Callable<Boolean> ready) {
    this.ready = ready;
    return this;
  }

  /**
   * Where others of its network find it now. This machine does, too, without the proxy of a
   * published port, which takes a connection before it knows whether anybody listens.
   */
  Optional<String> address() {
    return getCurrentContainerInfo().getNetworkSettings().getNetworks().values().stream()
        .map(ContainerNetwork::getIpAddress)
        .filter(address -> address != null && !address.isEmpty())
        .findFirst();
  }

  void awaitReady() {
    Patience.soon(name + " in its container")
        .atMost(STARTS_WITHIN)
        .failFast(this::failIfEnded)
        .until(ready);
  }

  private void failIfEnded() {
    if (!Boolean.TRUE.equals(getCurrentContainerInfo().getState().getRunning())) {
      throw new AssertionError(
          "%s ended:%n%s".formatted(name, getLogs(OutputFrame.OutputType.STDOUT)));
    }
  }

  /** As a power cut does it. */
  void kill() {
    getDockerClient().killContainerCmd(getContainerId()).exec();
  }

  /** As an orchestrator ends one that it replaces: asked first. */
  void end() {
    getDockerClient().stopContainerCmd(getContainerId()).withTimeout(60).exec();
  }

  /** What it had kept is there again. */
  void startAgain() {
    getDockerClient().startContainerCmd(getContainerId()).exec();
    awaitReady();
  }

  /** It runs on, and nobody of the others reaches it. */
  void cutOff() {
    getDockerClient()
        .disconnectFromNetworkCmd()
        .withNetworkId(network.getId())
        .withContainerId(getContainerId())
        .exec();
  }

  void connectAgain() {
    getDockerClient()
        .connectToNetworkCmd()
        .withNetworkId(network.getId())
        .withContainerId(getContainerId())
        .withContainerNetwork(new ContainerNetwork().withAliases(aliases))
        .exec();
  }

  /** Whoever starts many waits for them together. */
  private static final class Immediate
      extends org.testcontainers.containers.wait.strategy.AbstractWaitStrategy {
    @Override
    protected void waitUntilReady() {}
  }
}
