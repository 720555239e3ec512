package io.ripen.engine.leads;

import static io.ripen.engine.leads.Happening.NOON;
import static io.ripen.engine.leads.Happening.identify;
import static io.ripen.engine.leads.Happening.page;
import static io.ripen.engine.leads.Happening.track;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.privacy.PrivacyFixture;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who was erased at one o'clock does not come back by what happened before. */
class ErasedPeopleIT {

  private static final Clock ONE = Clock.fixed(NOON.plus(Duration.ofHours(1)), ZoneOffset.UTC);

  private final DataSource database = TestDatabase.migrated();
  private final Intake intake = new Intake(database);
  private final Happening known = identify("anna").by("a1").trait("email", "anna@example.org");
  private UUID lead = new UUID(0, 0);

  @BeforeEach
  void annaIsErased() {
    intake.take(known, page("/").by("a1").minute(5));
    lead = intake.visitor("a1");
    PrivacyFixture.erase(database, ONE, lead);
  }

  @Test
  void an_old_event_that_comes_again_is_passed_over() {
    intake.take(known);
    assertThat(intake.count("lead")).isZero();
    assertThat(intake.dead).isEmpty();
  }

  @Test
  void an_old_event_that_comes_for_the_first_time_is_passed_over() {
    intake.take(page("/late").by("a1").minute(59), page("/late").user("anna").minute(59));
    intake.take(Happening.alias("a1", "other").minute(30));
    assertThat(intake.count("lead")).isZero();
    assertThat(intake.count("event")).isZero();
  }

  @Test
  void an_old_event_is_known_again_though_its_browser_is_somebody_elses_by_now() {
    Happening first = track("Form Submitted").by("shared").with("email", "b@example.org");
    intake.take(first);
    UUID b = intake.visitor("shared");
    intake.jdbc.sql("delete from lead_identity where value = 'shared'").update();
    PrivacyFixture.erase(database, ONE, b);
    intake.take(first);
    assertThat(intake.count("lead")).isZero();
  }

  @Test
  void what_they_do_afterwards_makes_a_new_lead() {
    intake.take(page("/").by("a1").minute(61));
    assertThat(intake.count("lead")).isEqualTo(1);
    assertThat(intake.visitor("a1")).isNotEqualTo(lead);
  }

  @Test
  void what_befalls_the_old_lead_afterwards_is_nobodys() {
    intake.take(track("Message Clicked").lead(lead).minute(90));
    assertThat(intake.count("event")).isZero();
    assertThat(intake.dead).isEmpty();
  }

  @Test
  void others_are_not_concerned() {
    intake.take(known, page("/").by("b1").minute(10));
    assertThat(intake.count("lead")).isEqualTo(1);
  }
}
