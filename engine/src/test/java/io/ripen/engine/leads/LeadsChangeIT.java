package io.ripen.engine.leads;

import static io.ripen.engine.leads.Happening.identify;
import static io.ripen.engine.leads.Happening.page;
import static io.ripen.engine.leads.Happening.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.ripen.engine.consents.Permission;
import io.ripen.engine.contacts.ContactIds;
import io.ripen.engine.contacts.MailDomains.Answer;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.testing.FakeEventPublisher;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** What other systems tell of leads, over HTTP and by way of events, into PostgreSQL. */
class LeadsChangeIT {

  private static final ContactIds IDS =
      new ContactIds(ContactIds.key("one key of 32 characters or more"));

  private final Intake intake = new Intake(TestDatabase.migrated());
  private final FakeEventPublisher kafka = new FakeEventPublisher();
  private final EventJson json = new EventJson();
  private final MockMvc http =
      MockMvcBuilders.standaloneSetup(
              new LeadsChangeApi(
                  new LeadJdbc(intake.jdbc),
                  IDS,
                  new TellTraits(
                      kafka,
                      json,
                      domain -> domain.equals("nowhere.example") ? Answer.NO : Answer.UNKNOWN,
                      Clock.fixed(Happening.NOON.plus(Duration.ofHours(1)), ZoneOffset.UTC))))
          .build();

  @Test
  void traits_of_a_lead_are_told_by_an_event() throws Exception {
    intake.take(
        identify("u-1").by("pc").trait("email", "anna@example.com").trait("shoeSize", "39"));
    UUID anna = intake.user("u-1");

    http.perform(
            body(put("/api/leads/" + anna), "{\"phone\": \"030 901820\", \"shoeSize\": null}")
                .param("country", "de"))
        .andExpect(status().isAccepted());
    arrive();

    assertThat(intake.lead(anna))
        .containsEntry("phone", "+4930901820")
        .containsEntry("email", "anna@example.com");
    assertThat(intake.lead(anna).get("traits").toString()).doesNotContain("shoeSize");
    assertThat(intake.dead).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"firstName\": null, \"last_name\": null", "\"name\": null"})
  void names_language_and_time_zone_are_taken_back_by_null(String names) throws Exception {
    intake.take(
        identify("u-1")
            .by("pc")
            .trait("email", "anna@example.com")
            .trait("name", "Anna Kiss")
            .trait("locale", "hu")
            .trait("timezone", "Europe/Budapest"));
    UUID anna = intake.user("u-1");

    http.perform(
            body(
                put("/api/leads/" + anna),
                "{%s, \"locale\": null, \"timezone\": null}".formatted(names)))
        .andExpect(status().isAccepted());
    arrive();

    assertThat(intake.lead(anna))
        .containsEntry("email", "anna@example.com")
        .containsEntry("first_name", null)
        .containsEntry("last_name", null)
        .containsEntry("locale", null)
        .containsEntry("time_zone", null);

    intake.take(
        identify("u-1").trait("firstName", "Late").trait("locale", "de").minute(2),
        page("/").by("pc").user("u-1").context("timezone", "Asia/Dubai").minute(90),
        identify("u-1").trait("firstName", "Anita").minute(100));
    assertThat(intake.lead(anna))
        .as("what was told before stays gone; of what is told later the person's word counts")
        .containsEntry("first_name", "Anita")
        .containsEntry("locale", null)
        .containsEntry("time_zone", null);
  }

  @Test
  void a_name_is_taken_back_in_any_order_and_not_where_a_part_of_it_is_told() {
    intake.takeOneByOne(
        identify("u-1").trait("name", null).minute(2),
        identify("u-1").trait("name", "Anna Kiss").minute(1));
    assertThat(intake.lead(intake.user("u-1")))
        .containsEntry("first_name", null)
        .containsEntry("last_name", null);

    intake.takeOneByOne(
        identify("u-1").trait("name", "Anna Kiss").minute(3),
        identify("u-1").trait("name", null).trait("firstName", "Anita").minute(4));
    assertThat(intake.lead(intake.user("u-1")))
        .containsEntry("first_name", "Anita")
        .containsEntry("last_name", "Kiss");
  }

  @ParameterizedTest
  @ValueSource(strings = {"email", "phone"})
  void an_address_is_not_taken_back_and_the_answer_says_what_to_do(String address)
      throws Exception {
    intake.take(identify("u-1").trait("email", "anna@example.com"));

    MvcResult answer =
        http.perform(
                body(
                    put("/api/leads/" + intake.user("u-1")),
                    "{\"%s\": null, \"plan\": \"gold\"}".formatted(address)))
            .andExpect(status().isBadRequest())
            .andReturn();
    assertThat(String.valueOf(answer.getResponse().getErrorMessage()))
        .startsWith(address + ": null takes no address away")
        .contains("Consent Withdrawn", "/erase");
    assertThat(kafka.published()).isEmpty();
  }

  @Test
  void a_merged_leads_id_means_the_one_that_it_is_today() throws Exception {
    intake.take(page("/").by("phone").minute(1));
    UUID merged = intake.visitor("phone");
    intake.take(identify("u-1").by("pc").minute(2), identify("u-1").by("phone").minute(3));
    UUID anna = intake.user("u-1");
    assertThat(anna).isNotEqualTo(merged);

    http.perform(body(put("/api/leads/" + merged), "{\"firstName\": \"Anna\"}"))
        .andExpect(status().isAccepted());
    arrive();

    assertThat(intake.lead(anna)).containsEntry("first_name", "Anna");
  }

  @Test
  void a_lead_is_made_of_an_address_once() throws Exception {
    for (String name : new String[] {"Anna", "Anita"}) {
      http.perform(
              body(
                  post("/api/leads"),
                  "{\"email\": \"Anna@example.com\", \"firstName\": \"%s\"}".formatted(name)))
          .andExpect(status().isAccepted());
      arrive();
    }
    UUID anna = intake.visitor(IDS.ofEmail("anna@example.com"));
    assertThat(intake.lead(anna))
        .containsEntry("stage", "LEAD")
        .containsEntry("first_name", "Anita")
        .containsEntry("visits", 0);
    assertThat(intake.count("lead")).isEqualTo(1);
  }

  @Test
  void what_they_agreed_to_is_told_by_the_id_that_was_answered() throws Exception {
    String answer =
        http.perform(body(post("/api/leads"), "{\"email\": \"anna@example.com\"}"))
            .andReturn()
            .getResponse()
            .getContentAsString();
    arrive();
    String id = json.mapper().readTree(answer).path("anonymousId").asString();

    intake.take(
        track("Consent Granted")
            .by(id)
            .with("channel", "email")
            .with("purpose", "marketing")
            .with("wording", "Yes, write to me")
            .minute(61));
    assertThat(
            intake.permissions.permission(
                intake.visitor(id), "email", "marketing", "anna@example.com"))
        .isEqualTo(new Permission.Granted());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"email\": \"anna\"} | email: \"anna\" is no e-mail address",
        "{\"email\": \"anna@Nowhere.example\"} | email: nobody receives mail at nowhere.example",
        "{\"email\": null} | email: null takes no address away",
        "{\"phone\": \"12\"} | phone: \"12\" is no phone number",
        "{\"firstName\": \"Anna\"} | neither an email nor a phone",
        "{} | there are no traits",
        "{\"email\": \"a@b.example\", \"n\": 1e999} | holds a number of",
        "[1] | the body is no JSON object",
        "no json | the body is not JSON at line 1"
      })
  void what_makes_no_sense_is_refused_with_its_reason(String body, String reason) throws Exception {
    MvcResult answer =
        http.perform(body(post("/api/leads"), body)).andExpect(status().isBadRequest()).andReturn();
    assertThat(String.valueOf(answer.getResponse().getErrorMessage())).contains(reason);
    assertThat(kafka.published()).isEmpty();
  }

  @Test
  void nobody_can_be_told_of_who_is_no_lead() throws Exception {
    for (String id : new String[] {UUID.randomUUID().toString(), "anna"}) {
      http.perform(body(put("/api/leads/" + id), "{\"firstName\": \"Anna\"}"))
          .andExpect(status().isNotFound());
    }
  }

  @Test
  void while_kafka_is_away_the_sender_is_told_to_come_again() throws Exception {
    kafka.fails();
    http.perform(body(post("/api/leads"), "{\"email\": \"anna@example.com\"}"))
        .andExpect(status().isServiceUnavailable());
  }

  private void arrive() {
    intake.take(kafka.published().stream().map(json::write).toList());
  }

  private static MockHttpServletRequestBuilder body(
      MockHttpServletRequestBuilder request, String body) {
    return request.contentType(MediaType.APPLICATION_JSON).content(body);
  }
}
