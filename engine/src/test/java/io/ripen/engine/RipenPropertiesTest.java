package io.ripen.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

class RipenPropertiesTest {

  private final WebApplicationContextRunner application =
      new WebApplicationContextRunner()
          .withUserConfiguration(EngineConfiguration.class)
          .withPropertyValues(
              "ripen.public-url=https://ripen.example", "ripen.signing-key=" + "k".repeat(32));

  @Test
  void takes_a_folder_relative_to_where_it_was_started() {
    application
        .withPropertyValues("ripen.bpmn=../bpmn")
        .run(
            context ->
                assertThat(context.getBean(RipenProperties.class).bpmn())
                    .isEqualTo(new File("../bpmn"))
                    .isDirectory());
  }
}
