package io.ripen.engine.leads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageTest {

  @ParameterizedTest(name = "from {0} to {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "VISITOR      | LEAD, MQL, SQL, SALES, CUSTOMER, NO_NEED, DISQUALIFIED",
        "LEAD         | MQL, SQL, SALES, CUSTOMER, NO_NEED, DISQUALIFIED",
        "MQL          | SQL, SALES, CUSTOMER, NO_NEED, DISQUALIFIED",
        "SQL          | SALES, CUSTOMER, NO_NEED, DISQUALIFIED",
        "SALES        | LEAD, MQL, CUSTOMER, NO_NEED, DISQUALIFIED",
        "CUSTOMER     | NO_NEED, DISQUALIFIED",
        "NO_NEED      | LEAD, CUSTOMER, DISQUALIFIED",
        "DISQUALIFIED | LEAD, CUSTOMER, NO_NEED",
      })
  void a_lead_goes_only_these_ways(Stage from, String ways) {
    assertThat(from.next()).isEqualTo(ways);
  }

  @Test
  void of_two_leads_one_is_as_far_as_the_further_whichever_is_asked_first() {
    for (Stage one : Stage.values()) {
      for (Stage other : Stage.values()) {
        Stage furthest = Stage.furthest(one, other);
        assertThat(furthest).isIn(one, other).isEqualTo(Stage.furthest(other, one));
        Arrays.stream(Stage.values())
            .forEach(
                third ->
                    assertThat(Stage.furthest(furthest, third))
                        .isEqualTo(Stage.furthest(one, Stage.furthest(other, third))));
      }
    }
    assertThat(Stage.furthest(Stage.CUSTOMER, Stage.DISQUALIFIED)).isEqualTo(Stage.CUSTOMER);
    assertThat(Stage.furthest(Stage.SALES, Stage.NO_NEED)).isEqualTo(Stage.NO_NEED);
  }
}
