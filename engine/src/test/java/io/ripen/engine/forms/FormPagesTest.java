package io.ripen.engine.forms;

import static io.ripen.engine.forms.Drawn.BUTTON;
import static io.ripen.engine.forms.Drawn.EMAIL;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.forms.FormPages.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

class FormPagesTest {

  private static final FormWords WORDS = FormWords.in("en");
  private static final String EVIL = "<img src=x onerror=alert(1)>";

  @TempDir private Path bpmn;
  private FormPages pages;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(bpmn.resolve("forms"));
    pages = new FormPages(templates(), new FormsFolder(bpmn));
  }

  static SpringTemplateEngine templates() {
    var resolver = new ClassLoaderTemplateResolver();
    resolver.setPrefix("templates/");
    resolver.setSuffix(".html");
    var engine = new SpringTemplateEngine();
    engine.setTemplateResolver(resolver);
    return engine;
  }

  @Test
  void each_field_has_its_label_and_a_place_for_its_error() {
    Document page =
        page(
            Drawn.form(
                EMAIL,
                """
                {"type": "textarea", "id": "m", "key": "message", "label": "Message",
                 "description": "Only to answer you"}""",
                """
                {"type": "select", "id": "s", "key": "size", "label": "Size",
                 "values": [{"label": "Small", "value": "s"}]}""",
                """
                {"type": "number", "id": "n", "key": "people", "label": "People"}""",
                """
                {"type": "checkbox", "id": "c", "key": "terms", "label": "I agree"}""",
                """
                {"type": "radio", "id": "r", "key": "kind", "label": "Kind",
                 "values": [{"label": "This", "value": "this"}, {"label": "That", "value": "that"}]}""",
                BUTTON),
            Map.of(),
            Map.of());

    for (Element field :
        page.select("input:not([type=hidden], [type=radio], [name=_subject]), select, textarea")) {
      assertThat(page.select("label[for=%s]".formatted(field.id())).text())
          .as(field.outerHtml())
          .isNotBlank();
      for (String id : field.attr("aria-describedby").split(" ")) {
        assertThat(page.getElementById(id)).as(id).isNotNull();
      }
    }
    assertThat(page.select("fieldset legend").text()).startsWith("Kind");
    assertThat(page.getElementById("field-email").attr("autocomplete")).isEqualTo("email");
    assertThat(page.getElementById("field-email").hasAttr("required")).isTrue();
    assertThat(page.select("label[for=field-message]").text()).contains("(optional)");
    assertThat(page.getElementById("help-message").text()).isEqualTo("Only to answer you");
    assertThat(page.select(".trap input").attr("tabindex")).isEqualTo("-1");
  }

  @Test
  void what_belongs_together_stands_together() {
    Document page =
        page(
            Drawn.form(
                """
                {"type": "textfield", "id": "a", "key": "firstName", "label": "First", "layout": {"row": "r"}}""",
                """
                {"type": "textfield", "id": "b", "key": "lastName", "label": "Last", "layout": {"row": "r"}}""",
                """
                {"type": "separator", "id": "s"}""",
                """
                {"type": "group", "id": "g", "label": "Company", "components": [
                  {"type": "textfield", "id": "c", "key": "company", "label": "Name"}]}""",
                BUTTON),
            Map.of(),
            Map.of());

    assertThat(page.select(".row input")).hasSize(2);
    assertThat(page.select("hr")).hasSize(1);
    assertThat(page.select("fieldset.group legend").text()).isEqualTo("Company");
    assertThat(page.select("fieldset.group input").attr("name")).isEqualTo("company");
  }

  @Test
  void errors_stand_beside_what_was_typed() {
    Document page =
        page(
            Drawn.form(EMAIL, BUTTON),
            Map.of("email", List.of("anna@")),
            Map.of("email", "This is not an e-mail address"));

    Element field = page.getElementById("field-email");
    assertThat(field.val()).isEqualTo("anna@");
    assertThat(field.attr("aria-invalid")).isEqualTo("true");
    assertThat(page.getElementById("error-email").text())
        .isEqualTo("This is not an e-mail address");
    assertThat(page.getElementById("error-email").hasAttr("hidden")).isFalse();
  }

  @Test
  void nothing_that_anybody_wrote_becomes_markup() {
    String json = EVIL.replace("\"", "\\\"");
    Document page =
        page(
            Drawn.form(
                """
                {"type": "text", "id": "t", "text": "# Hi %s\\n[here](javascript:alert(1)) [there](https://a.example)"}"""
                    .formatted(json),
                EMAIL.replace("E-mail", json),
                """
                {"type": "select", "id": "s", "key": "size", "label": "Size",
                 "values": [{"label": "%s", "value": "\\"><b>"}]}"""
                    .formatted(json),
                BUTTON.replace("Send", json)),
            Map.of("email", List.of("\"><script>alert(1)</script>")),
            Map.of("email", EVIL));

    assertThat(page.select("img, script, b")).isEmpty();
    assertThat(page.getElementById("field-email").val()).isEqualTo("\"><script>alert(1)</script>");
    assertThat(page.select("a[href^=javascript]")).isEmpty();
    assertThat(page.select("a[href=https://a.example]").attr("rel")).isEqualTo("noopener");
  }

  @Test
  void the_script_holds_all_languages() throws IOException {
    Files.write(bpmn.resolve("forms/test.form"), Drawn.file(EMAIL, BUTTON));
    Files.write(
        bpmn.resolve("forms/test.hu.form"),
        Drawn.file(EMAIL.replace("E-mail", "E-mail-cím"), BUTTON));
    String script = pages.script("test").text();

    assertThat(script).contains("E-mail-cím").contains("Kérjük").doesNotContain("'FORM'");
    assertThat(script.length()).isLessThan(20_000);

    Files.write(
        bpmn.resolve("forms/test.hu.form"),
        Drawn.file(EMAIL.replace("E-mail", "Villanyposta"), BUTTON));
    assertThat(pages.script("test").text()).contains("Villanyposta").doesNotContain("E-mail-cím");
  }

  @Test
  void words_of_a_text_do_not_run_together_in_the_script() throws IOException {
    Files.write(
        bpmn.resolve("forms/test.form"),
        Drawn.file(
            """
            {"type": "text", "id": "t", "text": "Tea *and* **cake**\\n*daily* [here](https://a.example)"}""",
            EMAIL,
            BUTTON));

    assertThat(pages.script("test").text())
        .contains("Tea <em>and</em> <strong>cake</strong> <em>daily</em> <a ");
  }

  @Test
  void who_is_done_is_thanked() {
    Document page =
        Jsoup.parse(pages.thanks(Drawn.form(EMAIL, BUTTON), FormWords.in("ru"), "Спасибо!"));

    assertThat(page.select("[role=status]").text()).startsWith("Спасибо!");
    assertThat(page.select("form")).isEmpty();
    assertThat(page.select("a").attr("href")).isEqualTo("test?lang=ru");
  }

  private Document page(LeadForm form, Map<String, List<String>> sent, Map<String, String> errors) {
    return Jsoup.parse(
        pages.page(form, WORDS, new Shown("token", sent, errors, "https://a.example")));
  }
}
