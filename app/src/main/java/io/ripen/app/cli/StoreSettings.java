package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Given;
import io.ripen.engine.backup.Stores;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/** Where the stores are, by the same settings that the roles have. */
final class StoreSettings {

  private static final Pattern PROPERTY = Pattern.compile("--[\\w-]+[.\\[].+=.*");
  private static final String DATABASE = "spring.datasource.url";
  private static final String KAFKA = "spring.kafka.bootstrap-servers";
  private static final String ZEEBE = "ripen.zeebe.management-address";
  private static final String ZEEBE_REST = "camunda.client.rest-address";
  private static final int MANAGEMENT_PORT = 9600;

  private StoreSettings() {}

  /**
   * @param options Spring properties, as {@code --name=value}
   */
  static Stores read(List<String> options) {
    for (String option : options) {
      if (!PROPERTY.matcher(option).matches()) {
        throw new Failure(
            "unknown option %s (settings look like --%s=jdbc:postgresql://…; see ripen backup --help)"
                .formatted(option, DATABASE));
      }
    }
    Given given = Given.read(List.of(), options);
    String database = required(given, DATABASE, "jdbc:postgresql://HOST/DATABASE");
    String unused = required(given, KAFKA, "HOST:9092");
    KafkaProperties kafka = given.settings("spring.kafka", KafkaProperties.class);
    return new Stores(
        database,
        given.property("spring.datasource.username").orElse(null),
        given.property("spring.datasource.password").orElse(null),
        new Stores.KafkaClients(
            kafka.buildAdminProperties(),
            kafka.buildConsumerProperties(),
            kafka.buildProducerProperties()),
        zeebe(given));
  }

  private static URI zeebe(Given given) {
    String address = given.property(ZEEBE).orElseGet(() -> beside(given));
    try {
      URI uri = URI.create(address);
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new Failure(
        "%s is %s (expected: where Zeebe is managed, such as http://zeebe:9600)"
            .formatted(ZEEBE, address));
  }

  private static String beside(Given given) {
    // As for the roles, it is on this machine unless told otherwise.
    String rest = given.property(ZEEBE_REST).orElse("http://localhost:8080");
    try {
      URI uri = URI.create(rest);
      return "%s://%s:%d".formatted(uri.getScheme(), uri.getHost(), MANAGEMENT_PORT);
    } catch (IllegalArgumentException e) {
      throw new Failure("%s is %s (expected: http://HOST:8080)".formatted(ZEEBE_REST, rest), e);
    }
  }

  private static String required(Given given, String property, String expected) {
    return given
        .property(property)
        .filter(value -> !value.isBlank())
        .orElseThrow(
            () ->
                new Failure(
                    "%s is not set (expected: %s; set the environment variable or the option --%s=…)"
                        .formatted(property, expected, property)));
  }
}
