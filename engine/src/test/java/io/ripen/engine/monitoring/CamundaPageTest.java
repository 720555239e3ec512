package io.ripen.engine.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.client.spring.properties.CamundaClientProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ByteArrayResource;

/** What docs/camunda.md gives to copy. */
class CamundaPageTest {

  private static final Path PAGE = Path.of("../docs/camunda.md");
  private static final Pattern BLOCKS =
      Pattern.compile("```yaml\n(.*?)```\n\n```sh\n(.*?)```", Pattern.DOTALL);

  private record Block(Map<String, String> properties, Map<String, String> environment) {}

  @Test
  void both_ways_to_write_settings_say_the_same() throws IOException {
    assertThat(blocks())
        .hasSize(6)
        .allSatisfy(
            block -> {
              Map<String, String> expected = new TreeMap<>();
              block
                  .properties()
                  .forEach(
                      (name, value) ->
                          expected.put(
                              name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT), value));
              expected.remove("CAMUNDA_CLIENT_AUTH_SCOPE");
              assertThat(block.environment()).isEqualTo(expected);
            });
  }

  @Test
  void there_is_every_setting_and_it_takes_its_value() throws IOException {
    for (Block block : blocks()) {
      Binder binder = new Binder(new MapConfigurationPropertySource(block.properties()));
      binder.bindOrCreate(
          "camunda.client",
          Bindable.of(CamundaClientProperties.class),
          new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
      binder.bindOrCreate(
          "ripen.monitoring",
          Bindable.of(MonitoringProperties.class),
          new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
    }
  }

  private static List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCKS.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      blocks.add(new Block(properties(matcher.group(1)), environment(matcher.group(2))));
    }
    return blocks;
  }

  private static Map<String, String> properties(String yaml) throws IOException {
    Map<String, String> properties = new TreeMap<>();
    for (var source :
        new YamlPropertySourceLoader().load("page", new ByteArrayResource(yaml.getBytes(UTF_8)))) {
      for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
        properties.put(name, String.valueOf(source.getProperty(name)));
      }
    }
    return properties;
  }

  private static Map<String, String> environment(String lines) {
    Map<String, String> environment = new TreeMap<>();
    for (String line : lines.split("\n")) {
      String[] parts = line.split("=", 2);
      environment.put(parts[0], parts[1]);
    }
    return environment;
  }
}
