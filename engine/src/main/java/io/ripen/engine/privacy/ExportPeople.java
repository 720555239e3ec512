package io.ripen.engine.privacy;

import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Writes all that Ripen holds of a person as one JSON document that people can read. */
final class ExportPeople {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final ObjectWriter PRETTY = JSON.writerWithDefaultPrettyPrinter();

  private static final String IN_ZEEBE =
      "Zeebe's variables hold ids and choices only: what was handed to it stands under signals,"
          + " and runningInstances names the runs that have it now.";

  private final TransactionTemplate asOfOneMoment;
  private final PeopleJdbc people;
  private final HoldingsJdbc holdings;
  private final Topics topics;
  private final Clock clock;

  /**
   * @param asOfOneMoment a transaction that sees one state of the database, and changes nothing
   */
  ExportPeople(
      TransactionTemplate asOfOneMoment,
      PeopleJdbc people,
      HoldingsJdbc holdings,
      Topics topics,
      Clock clock) {
    this.asOfOneMoment = asOfOneMoment;
    this.people = people;
    this.holdings = holdings;
    this.topics = topics;
    this.clock = clock;
  }

  /**
   * Exports a person.
   *
   * @param family the lead of today first
   * @throws org.apache.kafka.common.KafkaException when Kafka is away
   */
  byte[] export(List<UUID> family) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = PRETTY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringProperty("lead", family.getFirst().toString());
      json.writeStringProperty("exportedAt", clock.instant().toString());
      asOfOneMoment.executeWithoutResult(status -> tables(people.read(family), json));
      kafka(people.read(family), json);
      json.writeStringProperty("zeebe", IN_ZEEBE);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private void tables(Person person, JsonGenerator json) {
    for (Holding holding : Holdings.ALL.reversed()) {
      json.writeName(holding.section());
      json.writeStartArray();
      holdings.read(holding, person, row -> JSON.writeTree(json, JSON.readTree(row)));
      json.writeEndArray();
    }
  }

  private void kafka(Person person, JsonGenerator json) {
    Topics.Findings findings = topics.find(new Mentions(person));
    JsonNode tree = JSON.valueToTree(findings);
    json.writeName("kafka");
    JSON.writeTree(json, tree);
  }
}
