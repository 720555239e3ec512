package io.ripen.engine.forms;

import static io.ripen.engine.forms.Drawn.BUTTON;
import static io.ripen.engine.forms.Drawn.EMAIL;
import static io.ripen.engine.forms.Drawn.PHONE;
import static io.ripen.engine.forms.Drawn.TEXTS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.forms.Part.Field;
import io.ripen.engine.forms.Part.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormReaderTest {

  private static final String GET_GUIDE =
      """
      {"type": "button", "id": "s", "label": "Get", "properties": {
        "event": "Lead Magnet Requested", "magnet": "tea-guide"}}""";

  @Test
  void what_modeler_draws_is_read() {
    LeadForm form =
        Drawn.form(
            """
            {"type": "text", "id": "t", "text": "Hello\\n## Write *to* us"}""",
            """
            {"type": "textfield", "id": "a", "key": "firstName", "label": "First", "layout": {"row": "r"}}""",
            """
            {"type": "textfield", "id": "b", "key": "lastName", "label": "Last", "layout": {"row": "r"}}""",
            """
            {"type": "group", "id": "g", "label": "Company", "components": [
              {"type": "number", "id": "n", "key": "people", "label": "People",
               "validate": {"min": 1, "max": 500}}]}""",
            """
            {"type": "radio", "id": "q", "key": "question.topic", "label": "Topic",
             "values": [{"label": "Prices", "value": "prices"}]}""",
            """
            {"type": "button", "id": "s", "label": "Send", "properties": {
              "event": "Lead Magnet Requested", "magnet": "tea-guide", "thanks": "Soon!"}}""");

    assertThat(form.title()).isEqualTo("Write to us");
    assertThat(form.parts())
        .extracting(Part::kind)
        .containsExactly("words", "row", "group", "radio");
    assertThat(form.fields())
        .extracting(Field::key)
        .containsExactly("firstName", "lastName", "people", "question.topic");
    assertThat(form.submit().event()).isEqualTo("Lead Magnet Requested");
    assertThat(form.submit().properties()).containsOnlyKeys("magnet");
    assertThat(form.submit().thanks()).isEqualTo("Soon!");
    assertThat(form.version()).matches("[0-9a-f]{12}");
  }

  @Test
  void an_address_and_a_number_are_known_by_their_keys() {
    assertThat(
            Drawn.field(
                    """
                    {"type": "textfield", "id": "x", "key": "email", "label": "E-mail"}""")
                .input())
        .isEqualTo(Input.EMAIL);
    assertThat(
            Drawn.field(
                    """
                    {"type": "textfield", "id": "x", "key": "phone", "label": "Phone",
                     "properties": {"country": "de"}}""")
                .country())
        .isEqualTo("DE");
  }

  @Test
  void a_consent_is_a_checkbox_with_its_purpose() {
    assertThat(
            Drawn.field(
                    """
                    {"type": "checkbox", "id": "x", "key": "news", "label": "Yes",
                     "properties": {"consent": "newsletter", "doubleOptIn": "true"}}""")
                .consent())
        .isEqualTo(new Consent("email", "newsletter", true));
  }

  @Test
  void texts_are_asked_for_by_the_same_property_as_letters() {
    LeadForm form = Drawn.form(PHONE, TEXTS, BUTTON);
    assertThat(form.fields().getFirst().countries()).containsExactly("HU", "SK");
    assertThat(form.fields().getLast().consent()).isEqualTo(new Consent("sms", "marketing", true));
    assertThat(form.asksForTexts(Set.of("phone", "texts"))).isTrue();
    assertThat(form.asksForTexts(Set.of("phone"))).isFalse();
  }

  @Test
  void texts_need_a_number() {
    assertThat(Drawn.problems(EMAIL, TEXTS, BUTTON))
        .extracting(FormProblem::problem)
        .containsExactly("it asks for consent to text messages, and for no number");
  }

  @Test
  void a_form_that_changed_has_another_version() {
    assertThat(Drawn.form(EMAIL, BUTTON).version())
        .isEqualTo(Drawn.form(EMAIL, BUTTON).version())
        .isNotEqualTo(Drawn.form(EMAIL.replace("E-mail", "Mail"), BUTTON).version());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type': 'datetime', 'id': 'x', 'key': 'day', 'label': 'Day'} | it is a datetime",
        "{'type': 'textfield', 'id': 'x', 'key': 'a b', 'label': 'A'} | its key is 'a b'",
        "{'type': 'textfield', 'id': 'x', 'key': '_token', 'label': 'A'} | its key is '_token'",
        "{'type': 'textfield', 'id': 'x', 'key': 'a'} | it has no label",
        "{'type': 'textfield', 'id': 'x', 'key': 'a', 'label': '=b'} | its label is an expression",
        "{'type': 'textfield', 'id': 'x', 'key': 'a', 'label': 'A', 'validate': {'pattern': '['}} | its pattern [ is none: missing closing ]",
        "{'type': 'textfield', 'id': 'x', 'key': 'a', 'label': 'A', 'validate': {'pattern': '^(?=.*[0-9]).+$'}} | is not taken here: invalid or unsupported Perl syntax in (?=",
        "{'type': 'textfield', 'id': 'x', 'key': 'a', 'label': 'A', 'validate': {'pattern': '(?<!a)b'}} | is not taken here",
        "{'type': 'textfield', 'id': 'x', 'key': 'a', 'label': 'A', 'validate': {'pattern': '(a)\\\\1'}} | is not taken here: invalid escape sequence in",
        "{'type': 'textfield', 'id': 'x', 'key': 'a', 'label': 'A', 'conditional': {'hide': '=b'}} | it is hidden by a condition",
        "{'type': 'textfield', 'id': 'x', 'key': 'email', 'label': 'Again'} | another field has the key email",
        "{'type': 'select', 'id': 'x', 'key': 'a', 'label': 'A', 'valuesKey': 'b'} | it has no options",
        "{'type': 'text', 'id': 'x', 'text': 'Dear {{name}}'} | its text is an expression",
        "{'type': 'checkbox', 'id': 'x', 'key': 'a', 'label': 'A', 'defaultValue': true, 'properties': {'consent': 'marketing'}} | ticked beforehand",
        "{'type': 'textfield', 'id': 'x', 'key': 'a', 'label': 'A', 'properties': {'consent': 'marketing'}} | something else than a checkbox",
        "{'type': 'checkbox', 'id': 'x', 'key': 'a', 'label': 'A', 'properties': {'consent': 'marketing', 'doubleOptIn': 'true'}} | double opt-in is asked for 'marketing'",
        "{'type': 'checkbox', 'id': 'x', 'key': 'a', 'label': 'A', 'properties': {'consent': 'newsletter', 'channel': 'sms', 'doubleOptIn': 'true'}} | double opt-in is asked for 'newsletter' by 'sms'",
        "{'type': 'checkbox', 'id': 'x', 'key': 'a', 'label': 'A', 'properties': {'consent': 'newsletter', 'doubleOptIn': 'yes'}} | its doubleOptIn is 'yes'",
        "{'type': 'checkbox', 'id': 'x', 'key': 'a', 'label': 'A', 'properties': {'consent': 'newsletter', 'doubleOptIn': '1'}} | its doubleOptIn is '1'",
        "{'type': 'checkbox', 'id': 'x', 'key': 'a', 'label': 'A', 'properties': {'consent': 'newsletter', 'doubleOptIn': 'True'}} | its doubleOptIn is 'True'",
        "{'type': 'checkbox', 'id': 'x', 'key': 'a', 'label': 'A', 'properties': {'consent': 'newsletter', 'doubleOptIn': ''}} | its doubleOptIn is ''",
        "{'type': 'checkbox', 'id': 'x', 'key': 'a', 'label': 'A', 'properties': {'consent': 'newsletter', 'doubleoptin': 'true'}} | nothing reads its custom property doubleoptin",
        "{'type': 'checkbox', 'id': 'x', 'key': 'a', 'label': 'A', 'properties': {'Consent': 'newsletter'}} | nothing reads its custom property Consent",
        "{'type': 'checkbox', 'id': 'x', 'key': 'a', 'label': 'A', 'properties': {'channel': 'sms'}} | how a consent is asked for, and not for what",
        "{'type': 'checkbox', 'id': 'x', 'key': 'a', 'label': 'A', 'properties': {'consent': 'marketting'}} | consent to 'marketting' by 'email'",
        "{'type': 'checkbox', 'id': 'x', 'key': 'a', 'label': 'A', 'properties': {'consent': 'confirmation', 'channel': 'sms'}} | consent to 'confirmation' by 'sms'",
        "{'type': 'checkbox', 'id': 'x', 'key': 'a', 'label': 'A', 'properties': {'consent': 'marketing', 'channel': 'mail'}} | consent to 'marketing' by 'mail'",
        "{'type': 'textfield', 'id': 'x', 'key': 'phone', 'label': 'A', 'properties': {'land': 'HU'}} | nothing reads its custom property land",
        "{'type': 'textfield', 'id': 'x', 'key': 'a', 'label': 'A', 'properties': {'country': 'HU'}} | nothing reads its custom property country",
        "{'type': 'textfield', 'id': 'x', 'key': 'phone', 'label': 'A', 'properties': {'countries': 'HU, Hungary'}} | one of its countries is Hungary",
        "{'type': 'button', 'id': 'x', 'label': 'Get', 'properties': {'event': 'Lead Magnet Requested', 'magnet': 'cake'}} | no flow that hands out files has the file cake",
        "{'type': 'button', 'id': 'x', 'label': 'Get', 'properties': {'magnet': 'tea-guide'}} | no event that would carry them",
        "{'type': 'button', 'id': 'x', 'label': 'Clear', 'action': 'reset'} | clears the form",
      })
  void what_cannot_be_served_is_named_with_its_component(String component, String problem) {
    assertThat(Drawn.problems(EMAIL, component.replace('\'', '"'), BUTTON))
        .filteredOn(each -> each.problem().contains(problem))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.component()).isEqualTo("x");
              assertThat(each.fix()).isNotBlank();
            });
  }

  @Test
  void a_form_without_a_button_cannot_be_sent() {
    assertThat(Drawn.problems(EMAIL))
        .extracting(FormProblem::problem)
        .containsExactly("it has no button that sends it");
  }

  @Test
  void what_is_no_form_is_said_in_plain_words() {
    FormsFolder folder = new FormsFolder(Path.of("."));

    assertThat(folder.problems("a.form", "{".getBytes(UTF_8))).hasSize(1);
    assertThat(folder.problems("a.form", "[]".getBytes(UTF_8)).getFirst().problem())
        .isEqualTo("it has no components");
    assertThat(folder.problems("my form.form", Drawn.file(EMAIL, BUTTON)).getFirst().problem())
        .isEqualTo("the file's name is my form.form");
  }

  @ParameterizedTest
  @ValueSource(strings = {"newsletter", "lead-magnet", "contact"})
  void each_form_that_ships_asks_for_the_same_in_all_languages(String name) {
    FormsFolder shipped = new FormsFolder(Path.of("../bpmn"));
    List<LeadForm> forms =
        FormWords.LANGUAGES.stream()
            .map(language -> shipped.find(name, language).orElseThrow())
            .toList();

    assertThat(forms).extracting(LeadForm::version).doesNotHaveDuplicates();
    for (LeadForm form : forms) {
      assertThat(form.fields())
          .usingRecursiveComparison()
          .comparingOnlyFields("key", "input", "limits.required", "consent")
          .ignoringCollectionOrder()
          .isEqualTo(forms.getFirst().fields());
      assertThat(form.submit().event()).isEqualTo(forms.getFirst().submit().event());
      assertThat(form.submit().thanks()).isNotBlank();
    }
  }

  @Test
  void a_magnet_lies_with_the_flow_whose_messages_hand_it_out(@TempDir Path bpmn)
      throws IOException {
    FormsFolder folder = new FormsFolder(bpmn);
    byte[] form = Drawn.file(EMAIL, GET_GUIDE);
    Files.createDirectories(bpmn.resolve("guides/messages"));
    Files.createDirectories(bpmn.resolve("guides/files"));
    Files.createDirectories(bpmn.resolve("elsewhere/files"));
    Files.createFile(bpmn.resolve("elsewhere/files/tea-guide.pdf"));
    Files.writeString(bpmn.resolve("guides/messages/delivery.en.txt"), "{{ links.download }}");
    assertThat(folder.problems("test.form", form))
        .extracting(FormProblem::problem)
        .containsExactly("no flow that hands out files has the file tea-guide");

    Files.createFile(bpmn.resolve("guides/files/tea-guide.pdf"));
    assertThat(folder.problems("test.form", form)).isEmpty();
  }

  @Test
  void a_form_is_served_while_its_magnet_is_there(@TempDir Path bpmn) throws IOException {
    FormsFolder folder = new FormsFolder(bpmn);
    Path guide = bpmn.resolve("guides/files/tea-guide.pdf");
    Files.createDirectories(bpmn.resolve("forms"));
    Files.write(bpmn.resolve("forms/test.form"), Drawn.file(EMAIL, GET_GUIDE));
    assertThat(folder.find("test", "en")).as("before the flow is copied").isEmpty();

    Files.createDirectories(bpmn.resolve("guides/messages"));
    Files.createDirectories(bpmn.resolve("guides/files"));
    Files.writeString(bpmn.resolve("guides/messages/delivery.en.txt"), "{{ links.download }}");
    Files.createFile(guide);
    assertThat(folder.find("test", "en")).isPresent();

    Files.delete(guide);
    assertThat(folder.find("test", "en")).isEmpty();
    Files.createFile(guide);
    assertThat(folder.find("test", "en")).isPresent();
  }

  @Test
  void a_language_that_has_no_file_gets_the_form_without_one() {
    FormsFolder shipped = new FormsFolder(Path.of("../bpmn"));

    assertThat(shipped.find("newsletter", "fr")).isEqualTo(shipped.find("newsletter", "en"));
    assertThat(shipped.find("nothing", "en")).isEmpty();
    assertThat(shipped.find("../support-task", "en")).isEmpty();
  }
}
