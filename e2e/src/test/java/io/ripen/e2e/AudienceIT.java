package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Segments that follow what people do, a flow that is started for all in one, and scores that are
 * given anew.
 */
@ExtendWith(RipenExtension.class)
class AudienceIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String LIST = "event-guests";

  private final LocalRipen ripen;

  AudienceIT(LocalRipen ripen) {
    this.ripen = ripen;
  }

  @Test
  void a_segment_follows_what_a_lead_does() {
    Lead lead = Lead.speaking("en", "none", ripen).identifies().agreesTo("newsletter", "email");
    lead.settles();
    soon("the segment").until(() -> segmentsOf(lead).contains("newsletter-readers"));
    lead.takesBack("newsletter", "email");
    soon("the segment left").until(() -> !segmentsOf(lead).contains("newsletter-readers"));
    assertThat(ripen.http().get("/leads/" + lead.id()).body())
        .contains("Came into the segment newsletter-readers")
        .contains("Left the segment newsletter-readers");
  }

  @Test
  void a_flow_is_started_once_for_each_lead_of_a_segment() {
    List<Lead> guests = Stream.generate(() -> Lead.speaking("en", "none", ripen)).limit(5).toList();
    guests.forEach(lead -> lead.whoMayBeWrittenTo().settles());
    guests.forEach(lead -> ripen.tell("Segment Entered", lead.id(), Map.of("segment", LIST)));
    soon("the guests").until(() -> membersOf(LIST) == guests.size());

    assertThat(ended("segments").output()).contains(LIST, "full-carts", "a list that flows fill");
    assertThat(ended("flow", "start", "repeat-page-visit", "--segment", LIST, "--dry-run").output())
        .contains("would start repeat-page-visit for 5 leads");
    assertThat(ended("flow", "start", "repeat-page-visit", "--segment", LIST).output())
        .contains("started repeat-page-visit runs for 5 of 5 leads");
    guests.forEach(
        lead ->
            soon("its entry")
                .until(
                    () ->
                        ripen
                            .http()
                            .get("/leads/" + lead.id())
                            .body()
                            .contains("repeat-page-visit")));

    assertThat(failed("flow", "start", "abandoned-cart", "--segment", LIST).output())
        .contains("flow abandoned-cart goes by cartId");
    assertThat(failed("flow", "start", "nurturing", "--segment", "nobody").output())
        .contains("there is no segment nobody");
  }

  @Test
  void a_check_estimates_what_flows_come_to_by_what_leads_did() {
    Lead lead = Lead.speaking("en", "none", ripen).whoMayBeWrittenTo().settles();
    lead.does("Product Viewed", Map.of("product_id", "vase", "name", "Moon Vase")).settles();
    assertThat(ended("flow", "check", "--estimate").output())
        .containsPattern("browsed-product: about [\\d,.]*[1-9][\\d,.]* runs a day = ")
        .containsPattern("e-mail, marketing: at most [\\d,.]*[1-9][\\d,.]* touches a day = ");
  }

  @Test
  void scores_are_recomputed_and_what_is_right_stays() {
    Lead.speaking("en", "none", ripen)
        .identifies()
        .visits("/pricing")
        .does("Page Read", Map.of("path", "/article"))
        .settles();

    assertThat(ended("score", "recompute").output())
        .matches("(?s).*recomputed [1-9][\\d,]* leads?, 0 of them changed.*0 added, 0 changed.*");
  }

  private String segmentsOf(Lead lead) {
    String page = ripen.http().get("/leads/" + lead.id()).body();
    int at = page.indexOf("<dt>Segments</dt>");
    return at < 0 ? "" : page.substring(at, page.indexOf("</dd>", at));
  }

  private long membersOf(String segment) {
    for (JsonNode each : Http.json(ripen.http().get("/api/segments"))) {
      if (each.path("id").asString().equals(segment)) {
        return each.path("leads").asLong();
      }
    }
    return -1;
  }

  private Child ended(String... arguments) {
    Child child = run(arguments);
    assertThat(child.exitCode()).as(child.output()).isZero();
    return child;
  }

  private Child failed(String... arguments) {
    Child child = run(arguments);
    assertThat(child.exitCode()).as(child.output()).isEqualTo(1);
    return child;
  }

  private Child run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", ripen.http().uri("/").toString()));
    Child child = Child.start("command", Build.ripen(List.of("-Xmx64m"), all), Map.of());
    child.awaitEnd(PATIENCE);
    return child;
  }
}
