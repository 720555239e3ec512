package io.ripen.engine.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageCheckTest {

  private static final String GOOD =
      """
      <mjml>
        <mj-head>
          <mj-title>Hello</mj-title>
        </mj-head>
        <mj-body>
          <mj-section>
            <mj-column>
              <mj-text>Hello</mj-text>
              <mj-text><a href="{{ links.unsubscribe }}">Unsubscribe</a></mj-text>
            </mj-column>
          </mj-section>
        </mj-body>
      </mjml>
      """;

  private static final String TEMPLATE = "WhatsApp: HX" + "0123456789abcdef".repeat(2);

  @TempDir Path bpmn;

  private Path folder;

  @BeforeEach
  void aGoodMessage() throws IOException {
    folder = Files.createDirectories(bpmn.resolve("flow/messages"));
    Files.writeString(folder.resolve("hello.en.mjml"), GOOD);
    Files.writeString(folder.resolve("hello.en.txt"), "Hello\n{{ links.unsubscribe }}\n");
  }

  @Test
  void a_good_message_has_no_problems() {
    assertThat(check()).isEmpty();
  }

  @Test
  void every_link_that_we_make_can_be_named() throws IOException {
    Files.writeString(
        folder.resolve("hello.en.txt"),
        """
        {{ links.unsubscribe }} {{ links.preferences }} {{ links.confirm }} {{ links.download }}
        {{ links.telegram }} {{ links.answer.help.yes }}
        """);

    assertThat(check()).isEmpty();
  }

  @Test
  void a_file_that_may_be_missing_has_to_be_asked_for() throws IOException {
    Files.writeString(
        folder.resolve("hello.en.mjml"),
        GOOD.replace(">Hello</mj-text>", "><a href=\"{{links.download}}\">Hello</a></mj-text>"));
    Files.writeString(
        folder.resolve("hello.en.txt"),
        """
        {% if links.download and lead.firstName %}{{ links.download }}{% else %}Write!{% endif %}
        {% unless links.download %}Write!{% else %}
          {% if lead.known %}{{ links.download }}{% endif %}
        {% endunless %}
        {% if lead.known %}A{% elsif links.download %}{{ links.download }}{% endif %}
        {{ links.download | default: "https://example.com/files" }}
        {% if lead.known %}{{ links.download }}{% endif %}
        """);
    String isEmpty =
        "{{ links.download }} is empty where the file is missing → put {% if links.download %}"
            + " around it, and behind {% else %} what to do instead";

    assertThat(new MessageCheck(bpmn).unsureDownloads("flow", "hello", MessageKind.EMAIL))
        .extracting(Throwable::getMessage)
        .containsExactly(
            "flow/messages/hello.en.mjml, line 8: " + isEmpty,
            "flow/messages/hello.en.txt, line 7: " + isEmpty);
  }

  @Test
  void files_that_many_mailboxes_refuse_are_told() throws IOException {
    Path files = Files.createDirectories(folder.resolve("hello.files"));
    Files.write(files.resolve("film.mp4"), new byte[8_000_000]);

    assertThat(check())
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.toString())
                    .contains("flow/messages/hello.files", "8,000,000 bytes"));
  }

  /** Each row: what is replaced in the good message, by what, and all the problems it makes. */
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        ">Hello</mj-text>~>{{ lead.fristName }}</mj-text>~, line 8: there is no fact lead.fristName → use one of answers, consents, daysAway, email, firstName, firstSeenAt, firstSource, id, known, lastName, lastOrderAt, lastSeenAt, lastSource, locale, onSite, openCarts, orders, pageViews, phone, readingSeconds, score, segments, stage, temperature, timeZone, traits, visits",
        ">Hello</mj-text>~>{{ lead.first_name }}</mj-text>~, line 8: there is no fact lead.first_name → use firstName",
        ">Hello</mj-text>~>{{ customer.name }}</mj-text>~, line 8: there is no fact customer.name → use one of cart, event, lead, links, order",
        ">Hello</mj-text>~>{% for i in cart.items %}{{ i.titel }}{% endfor %}</mj-text>~, line 8: there is no fact i.titel → use one of brand, category, imageUrl, name, price, productId, quantity, sku, url, variant",
        ">Hello</mj-text>~>{{ lead.email.domain }}</mj-text>~, line 8: there is no fact lead.email.domain → end it before .domain",
        ">Hello</mj-text>~>{{ cart }}</mj-text>~, line 8: {{ cart }} is not one fact but many → name one of them, or loop over them",
        ">Hello</mj-text>~>{{ lead.firstName </mj-text>~, line 8: Liquid cannot read column 18: no viable alternative at input '{{' → close every {{ with }}, every {% with %}, every if with endif, every for with endfor",
        ">Hello</mj-text>~>{% if lead.email %}Hello</mj-text>~, line 14: Liquid cannot read column 1: mismatched input '<EOF>' → close every {{ with }}, every {% with %}, every if with endif, every for with endfor",
        ">Hello</mj-text>~>{{ lead.email | shout }}</mj-text>~, line 8: there is no filter \"shout\" → use one of Liquid's filters, or money, or date",
        ">Hello</mj-text>~>{% include 'x' %}</mj-text>~, line 8: the tag {% include %} is not supported → use if, unless, case, for, break, continue, assign, capture, comment or raw",
        ">Hello</mj-text>~>{% cycle 'a', lead.email %}</mj-text>~, line 8: the tag {% cycle %} is not supported → use if, unless, case, for, break, continue, assign, capture, comment or raw",
        ">Hello</mj-text>~>Hello</mj-txt>~, line 8: there is no element <mj-txt> → see the list of MJML's elements",
        ">Hello</mj-text>~>Hello~, line 10: </mj-column> stands where <mj-text> of line 8 is still open → close what was opened last first",
        "<mj-text>Hello~<mj-text align=\"left>Hello~, line 8: the tag <mj-text does not end → close its quotes and put a > at its end",
        "<mj-column>~{% for i in cart.items %}{% endfor %}<mj-column>~, line 7: a loop over columns: their number decides how wide they are → put the loop around the whole <mj-section>, or around rows of an <mj-table>",
        "<mj-section>~{% if cart.url %}<mj-section>{% endif %}~, line 6: {% endif %} stands where <mj-section> of line 6 is still open → close what was opened last first",
        "<mj-title>Hello</mj-title>~~: there is no <mj-title> → add it",
        "<mj-title>Hello</mj-title>~<mj-title>a</mj-title><mj-title>b</mj-title>~, line 3: there is a second <mj-title> → keep one: it is the subject",
        "<mj-title>Hello</mj-title>~<mj-title>{{ lead.firstName }}</mj-title>~: the subject is empty for this lead → write words into <mj-title>",
        "{{ links.unsubscribe }}~https://example.com~: a marketing message without a link to unsubscribe → put {{ links.unsubscribe }} into it",
        "</mjml>~</mjml></mjml>~, line 13: </mjml> closes nothing → take it away, or open what it closes",
      })
  void a_broken_message_is_told_by_file_line_reason_and_remedy(
      String good, String broken, String problem) throws IOException {
    Files.writeString(
        folder.resolve("hello.en.mjml"), GOOD.replace(good, broken == null ? "" : broken));

    assertThat(check()).containsExactly("flow/messages/hello.en.mjml" + problem);
  }

  @Test
  void a_message_that_is_not_there_is_missed() {
    assertThat(new MessageCheck(bpmn).check("flow", "bye", MessageKind.EMAIL, true))
        .extracting(Throwable::getMessage)
        .containsExactly(
            "flow/messages/bye.en.mjml: there is no such message (there are: hello)"
                + " → write it and its text part, or name another in the flow");
  }

  @Test
  void a_part_that_is_not_there_is_missed() throws IOException {
    Files.delete(folder.resolve("hello.en.txt"));

    assertThat(check())
        .containsExactly(
            "flow/messages/hello.en.txt: the text part is missing → write it beside the HTML part");
  }

  @Test
  void a_message_without_english_is_told() throws IOException {
    for (String part : List.of(".mjml", ".txt")) {
      Files.move(folder.resolve("hello.en" + part), folder.resolve("hello.hu" + part));
    }

    assertThat(check())
        .containsExactly(
            "flow/messages/hello.en.mjml: the message is there in hu only"
                + " → write it in English as well: who has another language gets that");
  }

  @Test
  void a_language_that_is_none_is_told() throws IOException {
    for (String part : List.of(".mjml", ".txt")) {
      Files.copy(folder.resolve("hello.en" + part), folder.resolve("hello.pt_br" + part));
    }

    assertThat(check())
        .containsExactly(
            "flow/messages/hello.pt_br.mjml: \"pt_br\" is no language → write it as pt-BR");
  }

  @Test
  void a_file_that_is_not_in_utf_8_is_told() throws IOException {
    Files.write(folder.resolve("hello.en.txt"), "árvíztűrő".getBytes("ISO-8859-2"));

    assertThat(check())
        .containsExactly("flow/messages/hello.en.txt: it is not in UTF-8 → save it in UTF-8");
  }

  @Test
  void a_file_that_is_too_long_is_told() throws IOException {
    Files.write(
        folder.resolve("hello.en.txt"), "x".repeat(300_000).getBytes(StandardCharsets.UTF_8));

    assertThat(check())
        .containsExactly(
            "flow/messages/hello.en.txt: it has 300,000 bytes (expected: at most 262,144)"
                + " → link to pictures, and cut it down");
  }

  @Test
  void facts_for_the_preview_that_are_no_json_are_told_by_line() throws IOException {
    Files.writeString(bpmn.resolve("flow/preview.json"), "{\n  \"lead\": {,}\n}");

    assertThat(check())
        .singleElement()
        .asString()
        .startsWith("flow/preview.json, line 2: it is no JSON");
  }

  @Test
  void a_value_that_the_flow_does_not_have_is_told() throws IOException {
    Files.writeString(
        folder.resolve("hello.en.txt"), "{{ values.Code }}\n{{ links.unsubscribe }}\n");
    assertThat(check())
        .singleElement()
        .asString()
        .startsWith("flow/messages/hello.en.txt, line 1: there is no fact values.Code");

    Path values = bpmn.resolve("flow/values.json");
    Files.writeString(values, "{\"code\": \"\"}");
    assertThat(check())
        .containsExactly(
            "flow/messages/hello.en.txt, line 1: there is no fact values.Code → use code");

    Files.writeString(values, "{\"Code\": \"TEA10\"}");
    assertThat(check()).isEmpty();

    Files.writeString(values, "[]");
    assertThat(check())
        .containsExactly(
            "flow/values.json, line 1: it is no JSON object → write {\"code\": \"…\"}");
  }

  @Test
  void a_variable_for_whatsapp_that_may_be_empty_is_told() throws IOException {
    Files.writeString(
        folder.resolve("nudge.en.short.txt"),
        "%s\nWhatsApp 1: {{ lead.firstName }}\n\nHello".formatted(TEMPLATE));

    assertThat(checkShort())
        .containsExactly(
            "flow/messages/nudge.en.short.txt: the variable 1 for WhatsApp is empty for a lead of"
                + " whom nothing is known → write words that need no facts, such as"
                + " {{ lead.firstName | default: \"dear customer\" }}");
  }

  @Test
  void a_language_without_the_template_that_others_have_is_told() throws IOException {
    Files.writeString(folder.resolve("nudge.en.short.txt"), TEMPLATE + "\n\nHello");
    Files.writeString(folder.resolve("nudge.hu.short.txt"), "Jó napot!");
    Files.writeString(folder.resolve("nudge.ru.short.txt"), TEMPLATE + "\n\nЗдравствуйте!");
    MessageCheck check = new MessageCheck(bpmn);

    assertThat(checkShort()).isEmpty();
    assertThat(check.withoutWhatsApp("flow", "nudge"))
        .extracting(Throwable::getMessage)
        .containsExactly(
            "flow/messages/nudge.hu.short.txt: it names no template for WhatsApp, as it does in"
                + " another language → add WhatsApp: HX…, or who has not written for a day gets"
                + " what is set for all messages");

    Files.delete(folder.resolve("nudge.hu.short.txt"));
    assertThat(check.withoutWhatsApp("flow", "nudge")).isEmpty();
  }

  private List<String> checkShort() {
    return new MessageCheck(bpmn)
        .check("flow", "nudge", MessageKind.SHORT, true).stream()
            .map(Throwable::getMessage)
            .toList();
  }

  private List<String> check() {
    return new MessageCheck(bpmn)
        .check("flow", "hello", MessageKind.EMAIL, true).stream()
            .map(Throwable::getMessage)
            .toList();
  }
}
