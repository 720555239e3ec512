package io.ripen.engine.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Exports and erasures are complete, whatever tables there are. */
class HoldingsIT {

  private final DataSource database = TestDatabase.migrated();
  private final ErasureWorld world = new ErasureWorld(database, Clock.systemUTC());
  private final Everywhere everywhere = new Everywhere(world.jdbc);
  private final UUID lead = UuidCreator.getTimeOrderedEpoch();

  @Test
  void every_table_is_erased_or_named_with_the_reason_why_it_holds_nobody() {
    var named = new TreeSet<String>();
    Holdings.ALL.forEach(holding -> named.add(holding.table()));
    assertThat(named).doesNotContainAnyElementsOf(Holdings.NONE.keySet());
    named.addAll(Holdings.NONE.keySet());
    assertThat(everywhere.tables())
        .as("tables of the database, and those that Holdings names")
        .containsExactlyElementsOf(named);
  }

  @Test
  void every_table_with_a_leads_id_is_erased_by_it() {
    List<String> withLead =
        world
            .jdbc
            .sql(
                """
                select table_name from information_schema.columns
                where table_schema = 'public' and column_name = 'lead_id'
                  and table_name <> 'erased_lead'
                """)
            .query(String.class)
            .list();
    assertThat(
            Holdings.ALL.stream()
                .filter(holding -> holding.isByLead() && holding.fate() == Holding.Fate.DELETED)
                .map(Holding::table))
        .containsExactlyInAnyOrderElementsOf(withLead);
  }

  @Test
  void an_export_tells_what_stands_in_each_table() {
    everywhere.plant(lead);
    JsonNode export =
        JsonMapper.shared().readTree(world.export.export(world.people.family(List.of(lead))));
    for (Holding holding : Holdings.ALL) {
      assertThat(export.path(holding.section())).as(holding.section()).hasSize(1);
    }
    assertThat(export.at("/waitingEvents/0/event/name").stringValue()).isEqualTo(Everywhere.WORD);
    assertThat(export.at("/stageChanges/0/person").stringValue()).isEqualTo(Everywhere.WORD);
    assertThat(export.at("/consents/0/proof/name").stringValue()).isEqualTo(Everywhere.WORD);
    assertThat(export.at("/suppressions/0/address").stringValue()).isEqualTo(Everywhere.EMAIL);
    assertThat(export.at("/kafka/complete").booleanValue()).isTrue();
  }

  @Test
  void an_erased_person_stands_in_no_table() {
    everywhere.plant(lead);
    world.running.add(Everywhere.INSTANCE);
    Erasure begun = world.erase.begin(lead, "Olga").orElseThrow();
    world.erase.finish(begun.id());

    assertThat(everywhere.tablesWith(Everywhere.WORD, Everywhere.EMAIL))
        .containsExactly(
            // Where the instance stood: Zeebe tells when it has ended.
            "flow_element_instance");
    assertThat(everywhere.tablesWith(lead.toString())).containsExactly("erased_lead");
    Erasure receipt = world.erasures.find(begun.id()).orElseThrow();
    assertThat(receipt.state()).isEqualTo(Erasure.State.DONE);
    assertThat(receipt.stopped()).isEqualTo(1);
    assertThat(receipt.askedBy()).isEqualTo("Olga");
    assertThat(receipt.removed()).hasSize(Holdings.ALL.size() - 2).containsEntry("leads", 1L);
    assertThat(receipt.remains())
        .extracting(Erasure.Remains::where)
        .contains("Kafka, topic ripen.events");
    assertThat(world.running).isEmpty();
  }
}
