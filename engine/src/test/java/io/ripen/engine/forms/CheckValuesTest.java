package io.ripen.engine.forms;

import static io.ripen.engine.forms.Drawn.BUTTON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.ripen.engine.contacts.MailDomains.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckValuesTest {

  private static final FormWords WORDS = FormWords.in("en");

  private final LeadForm form =
      Drawn.form(
          Drawn.EMAIL,
          """
          {"type": "textfield", "id": "p", "key": "phone", "label": "Phone",
           "properties": {"country": "DE"}}""",
          """
          {"type": "textfield", "id": "c", "key": "code", "label": "Code",
           "validate": {"minLength": 3, "maxLength": 5, "pattern": "^[a-z]+$"}}""",
          """
          {"type": "number", "id": "n", "key": "people", "label": "People",
           "decimalDigits": 1, "validate": {"min": 1, "max": 50}}""",
          """
          {"type": "select", "id": "s", "key": "size", "label": "Size",
           "values": [{"label": "Small", "value": "s"}, {"label": "Large", "value": "l"}]}""",
          """
          {"type": "checklist", "id": "l", "key": "topics", "label": "Topics",
           "values": [{"label": "Tea", "value": "tea"}, {"label": "Pots", "value": "pots"}]}""",
          """
          {"type": "checkbox", "id": "k", "key": "terms", "label": "I agree",
           "validate": {"required": true}}""",
          BUTTON);

  private final CheckValues check =
      new CheckValues(domain -> domain.equals("nowhere.example") ? Answer.NO : Answer.UNKNOWN);

  @Test
  void what_is_good_is_given_back_as_it_is_kept() {
    Checked checked =
        check(
            Map.of(
                "email", List.of(" anna@example.com "),
                "phone", List.of("030 123456"),
                "people", List.of("2,5"),
                "topics", List.of("tea", "pots"),
                "code", List.of(""),
                "terms", List.of("true")));

    assertThat(checked)
        .isEqualTo(
            new Checked.Good(
                Map.of(
                    "email", List.of("anna@example.com"),
                    "phone", List.of("+4930123456"),
                    "people", List.of("2.5"),
                    "topics", List.of("tea", "pots"),
                    "terms", List.of("true"))));
  }

  @ParameterizedTest
  @CsvSource({
    "+36 30 123 4567, ",
    "06 30 123 4567, ",
    "+36 1 299 0000, No text message can reach this number. Please give a mobile number.",
    "+36 90 123 456, No text message can reach this number. Please give a mobile number.",
    "+44 70 1234 5678, 'Please give a number of one of these countries: HU, SK.'",
    "+4915112345678, 'Please give a number of one of these countries: HU, SK.'",
    "30 12, 'This is not a phone number. Please write it with + and the country''s code.'",
    "'', Please fill this in.",
  })
  void texts_go_to_mobile_numbers_where_the_company_sends_them(String number, String error) {
    LeadForm texts = Drawn.form(Drawn.PHONE, Drawn.TEXTS, BUTTON);
    Checked checked =
        check.check(
            texts, Map.of("phone", List.of(number), "texts", List.of("true")), FormWords.in("en"));
    if (error == null) {
      assertThat(checked)
          .isEqualTo(
              new Checked.Good(Map.of("phone", List.of("+36301234567"), "texts", List.of("true"))));
    } else {
      assertThat(checked).isEqualTo(new Checked.Bad(Map.of("phone", error)));
    }
  }

  @Test
  void a_number_that_no_text_goes_to_may_be_any() {
    LeadForm texts = Drawn.form(Drawn.PHONE, Drawn.TEXTS, BUTTON);
    assertThat(check.check(texts, Map.of("phone", List.of("+36 1 299 0000")), WORDS))
        .isEqualTo(new Checked.Good(Map.of("phone", List.of("+3612990000"))));
    assertThat(check.check(texts, Map.of(), WORDS)).isEqualTo(new Checked.Good(Map.of()));
  }

  @Test
  void no_value_keeps_a_pattern_busy() {
    LeadForm guarded =
        Drawn.form(
            """
            {"type": "textarea", "id": "a", "key": "story", "label": "Story",
             "validate": {"pattern": "^(([a-z])+.)+[A-Z]([a-z])+$"}}""",
            BUTTON);
    Map<String, List<String>> endless = Map.of("story", List.of("a".repeat(5_000)));

    assertThat(
            assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> check.check(guarded, endless, WORDS)))
        .isInstanceOf(Checked.Bad.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "email | anna@ | not an e-mail address",
        "email | anna@nowhere.example | We cannot reach nowhere.example",
        "phone | 12 | not a phone number",
        "code | ab | at least 3",
        "code | abcdef | at most 5",
        "code | AB1 | how this is written",
        "people | many | enter a number",
        "people | 1e3 | enter a number",
        "people | 0 | 1 or more",
        "people | 51 | 50 or less",
        "people | 1.25 | at most 1 decimals",
        "size | xl | one of what is offered",
        "topics | cake | one of what is offered",
      })
  void what_is_wrong_is_said_beside_its_field(String key, String value, String error) {
    assertThat(errors(with(key, value))).containsOnlyKeys(key);
    assertThat(errors(with(key, value)).get(key)).contains(error);
  }

  @Test
  void what_is_required_is_asked_for() {
    assertThat(errors(Map.of())).containsOnlyKeys("email", "terms");
    assertThat(errors(Map.of("terms", List.of("true"), "email", List.of("  "))))
        .containsExactly(Map.entry("email", "Please fill this in."));
  }

  @Test
  void what_the_form_does_not_have_is_not_taken() {
    assertThat(errors(with("admin", "true"))).containsOnlyKeys("");
  }

  @Test
  void one_answer_is_one_answer() {
    Map<String, List<String>> told = with("size", "s");
    told.put("size", List.of("s", "l"));

    assertThat(errors(told)).containsOnlyKeys("size");
  }

  @Test
  void errors_are_told_in_the_language_of_the_page() {
    var hungarian = (Checked.Bad) check.check(form, with("email", "x"), FormWords.in("hu-HU"));
    var russian = (Checked.Bad) check.check(form, with("email", "x"), FormWords.in("ru"));

    assertThat(hungarian.errors().get("email")).startsWith("Ez nem e-mail-cím");
    assertThat(russian.errors().get("email")).startsWith("Это не похоже");
    assertThat(FormWords.in("fr").language()).isEqualTo("en");
    assertThat(FormWords.in("de-DE,ru;q=0.5").language()).isEqualTo("ru");
    assertThat(FormWords.in("%$").language()).isEqualTo("en");
  }

  @Test
  void all_words_are_there_in_all_languages() {
    for (String language : FormWords.LANGUAGES) {
      assertThat(FormWords.in(language).all()).containsOnlyKeys(FormWords.in("en").all().keySet());
    }
  }

  private static Map<String, List<String>> with(String key, String value) {
    Map<String, List<String>> told =
        new HashMap<>(Map.of("email", List.of("anna@example.com"), "terms", List.of("true")));
    told.put(key, List.of(value));
    return told;
  }

  private Checked check(Map<String, List<String>> told) {
    return check.check(form, told, WORDS);
  }

  private Map<String, String> errors(Map<String, List<String>> told) {
    return ((Checked.Bad) check(told)).errors();
  }
}
