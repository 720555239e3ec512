package io.ripen.engine.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

class MessageFolderTest {

  @TempDir Path bpmn;

  private MessageFolder messages;

  @BeforeEach
  void aFolder() throws IOException {
    Files.createDirectories(bpmn.resolve("flow/messages"));
    messages = new MessageFolder(bpmn);
  }

  @Test
  void files_go_with_a_message_in_its_language_or_in_all() throws Exception {
    write("Hello", "Hello");
    assertThat(render(Map.of()).attachments()).isEmpty();

    Path all = Files.createDirectories(bpmn.resolve("flow/messages/hello.files"));
    Files.writeString(all.resolve("b.txt"), "b");
    Files.writeString(all.resolve("a.txt"), "a");
    Files.writeString(all.resolve(".hidden"), "");
    assertThat(render(Map.of()).attachments())
        .containsExactly(all.resolve("a.txt"), all.resolve("b.txt"));

    Path own = Files.createDirectories(bpmn.resolve("flow/messages/hello.en.files"));
    Files.writeString(own.resolve("c.txt"), "c");
    assertThat(render(Map.of()).attachments()).containsExactly(own.resolve("c.txt"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "Tom & Jerry \"quoted\" 'single'",
        "]]> --> <!-- x",
        "{{ lead.email }} {% for a in b %}",
        "<mj-text>x</mj-text></td></table>",
        "\" onmouseover=\"alert(1)",
        "&lt;b&gt;",
        "xliquid0x"
      })
  void what_a_visitor_typed_is_shown_as_text_and_never_as_html(String name) throws Exception {
    write("<p title=\"{{ lead.firstName }}\" class=\"it\">{{ lead.firstName }}</p>", "");

    Document html = Jsoup.parse(render(Map.of("lead", Map.of("firstName", name))).html());

    assertThat(html.select("p.it").text()).isEqualTo(name);
    assertThat(html.select("p.it").attr("title")).isEqualTo(name);
    assertThat(html.select("p.it").first().attributes().size()).isEqualTo(2);
    assertThat(html.select("script")).isEmpty();
    assertThat(html.title()).isEqualTo("Hi " + name);
  }

  @Test
  void no_filter_gets_around_the_escaping() throws Exception {
    write(
        "{{ lead.firstName | escape }}|{{ lead.firstName | upcase }}"
            + "|{{ 'x' | append: lead.firstName }}|{{ cart.items | map: 'name' | join: ',' }}"
            + "{% capture twice %}<b>{{ lead.firstName }}</b>{% endcapture %}|{{ twice }}",
        "");

    RenderedMessage message =
        render(
            Map.of(
                "lead", Map.of("firstName", "<i>"),
                "cart", Map.of("items", List.of(Map.of("name", "<u>"), Map.of("name", "&")))));

    assertThat(message.html())
        .contains("&lt;i&gt;|&lt;I&gt;|x&lt;i&gt;|&lt;u&gt;,&amp;|<b>&lt;i&gt;</b>");
  }

  @ParameterizedTest
  @CsvSource({
    "https://shop.example/cart?a=1&b=2, https://shop.example/cart?a=1&b=2",
    "mailto:a@example.com,              mailto:a@example.com",
    "/cart,                             /cart",
    "javascript:alert(1),               #",
    "' java\tscript:alert(1)',          #",
    "JavaScript:alert(1),               #",
    "'data:text/html,x',                #",
    "vbscript:x,                        #",
    "https://x/');background:url(y,     https://x/%27%29;background:url%28y",
  })
  void an_address_is_one_that_is_harmless_to_follow(String address, String shown) throws Exception {
    write("<a href=\"{% if cart.url %}{{ cart.url }}{% endif %}\">go</a>", "");

    Document html = Jsoup.parse(render(Map.of("cart", Map.of("url", address))).html());

    assertThat(html.select("a").attr("href")).isEqualTo(shown);
  }

  @Test
  void subject_preheader_and_text_are_not_escaped_and_a_subject_is_one_line() throws Exception {
    write("x", "Dear {{ lead.firstName }}");

    RenderedMessage message =
        render(Map.of("lead", Map.of("firstName", "Zo & <Co>\r\nBcc: all@example.com")));

    assertThat(message.subject()).isEqualTo("Hi Zo & <Co> Bcc: all@example.com");
    assertThat(message.preheader()).isEqualTo("For Zo & <Co> Bcc: all@example.com");
    assertThat(message.text()).startsWith("Dear Zo & <Co>");
  }

  @Test
  void what_is_absent_is_empty() throws Exception {
    write("[{{ lead.firstName }}{{ cart.items.first.name }}{{ cart.total | money }}]", "-");

    RenderedMessage message = render(Map.of());

    assertThat(message.html()).contains("[]");
    assertThat(message.subject()).isEqualTo("Hi");
  }

  @Test
  void whole_sections_may_be_repeated_or_left_out() throws Exception {
    body(
        "{% for item in cart.items %}<mj-section><mj-column><mj-text>{{ item.name }}</mj-text>"
            + "</mj-column></mj-section>{% endfor %}"
            + "{% if cart.total > 100 %}<mj-section><mj-column><mj-text>big</mj-text></mj-column>"
            + "</mj-section>{% endif %}");

    RenderedMessage message =
        render(
            Map.of(
                "cart",
                Map.of(
                    "total",
                    new BigDecimal("99.90"),
                    "items",
                    List.of(Map.of("name", "one"), Map.of("name", "two")))));

    assertThat(Jsoup.parse(message.html()).body().text()).isEqualTo("For one two");
    assertThat(count("<!--[if", message.html())).isEqualTo(count("<![endif]-->", message.html()));
    assertThat(count("<table", message.html())).isEqualTo(count("</table>", message.html()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "en;    1234.5; EUR; €1,234.50",
        "de;    1234.5; EUR; 1.234,50 €",
        "hu;    4990;   HUF; 4 990 Ft",
        "hu;    4990.5; HUF; 4 990,50 Ft",
        "ja;    5000;   JPY; ￥5,000",
        "en;    10;     XYZ1; 10 XYZ1",
        "en-GB; 10;     GBP; £10.00",
      })
  void money_is_written_as_the_language_does(
      String locale, BigDecimal amount, String currency, String shown) throws Exception {
    write(locale, "x", "{{ cart.total | money: cart.currency }}");

    RenderedMessage message =
        messages.render(
            "flow", "hello", locale, Map.of("cart", Map.of("total", amount, "currency", currency)));

    assertThat(message.text().strip().replaceAll("[\\u00a0\\u202f]", " ")).isEqualTo(shown);
  }

  @Test
  void days_are_written_in_the_leads_own_time_zone() throws Exception {
    write("de", "x", "{{ cart.updatedAt | date: 'long' }}|{{ cart.updatedAt | date: '%H:%M' }}");
    ZonedDateTime justBeforeMidnight = ZonedDateTime.parse("2026-05-04T22:30:00Z");

    RenderedMessage message =
        messages.render(
            "flow",
            "hello",
            "de",
            Map.of(
                "lead", Map.of("timeZone", "Europe/Budapest"),
                "cart", Map.of("updatedAt", justBeforeMidnight)));

    assertThat(message.text().strip()).isEqualTo("5. Mai 2026|00:30");
  }

  @ParameterizedTest
  @CsvSource({
    "pt-BR, pt-BR",
    "pt_BR, pt-BR",
    "pt-PT, pt",
    "pt, pt",
    "fr, en",
    "zh-Hant-TW, zh-Hant",
    "'', en",
    "no-such-locale-!, en",
    ", en",
  })
  void the_nearest_language_is_taken_and_english_last(String asked, String taken) throws Exception {
    for (String locale : List.of("pt-BR", "pt", "zh-Hant", "en")) {
      write(locale, "x", "y");
    }

    assertThat(messages.render("flow", "hello", asked, Map.of()).locale()).isEqualTo(taken);
  }

  @Test
  void a_changed_file_is_read_again() throws Exception {
    write("x", "first");
    assertThat(render(Map.of()).text()).isEqualTo("first");

    write("x", "second, and longer");

    assertThat(render(Map.of()).text()).isEqualTo("second, and longer");
  }

  @Test
  void threads_do_not_see_each_others_leads() throws Exception {
    write(
        "{% for item in cart.items %}{{ cart.items[forloop.index0].name }}-{{ lead.firstName }} "
            + "{% endfor %}",
        "{{ lead.firstName }}");
    List<Callable<Void>> leads = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String name = "lead" + i;
      leads.add(
          () -> {
            Map<String, Object> facts = new HashMap<>();
            facts.put("lead", Map.of("firstName", name));
            facts.put("cart", Map.of("items", List.of(Map.of("name", "a"), Map.of("name", "b"))));
            RenderedMessage message = render(facts);
            assertThat(message.html()).contains("a-" + name + " b-" + name + " ");
            assertThat(message.text()).isEqualTo(name);
            return null;
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Void> done : threads.invokeAll(leads)) {
        done.get();
      }
    }
  }

  @Test
  void a_loop_without_end_is_stopped() throws Exception {
    write("x", "{% for a in (1..5000) %}{% for b in (1..5000) %}x{% endfor %}{% endfor %}");

    assertThatThrownBy(() -> render(Map.of()))
        .isInstanceOf(ContentProblem.class)
        .hasMessageContaining("hello.en.txt, line 1: its loops turn more than 10000 times");
  }

  @Test
  void a_text_that_grows_without_end_is_stopped() throws Exception {
    write(
        "x",
        "{% assign a = 'xxxxxxxxxx' %}{% for i in (1..60) %}{% assign a = a | append: a %}"
            + "{% endfor %}{{ a }}");

    assertThatThrownBy(() -> render(Map.of()))
        .isInstanceOf(ContentProblem.class)
        .hasMessageContaining("it makes more than 1048576 characters");
  }

  @Test
  void an_error_never_tells_what_is_known_of_a_lead() throws Exception {
    write("x", "first line\n{{ lead.firstName | money: 'EUR' }}");

    assertThatThrownBy(() -> render(Map.of("lead", Map.of("firstName", "Zoltán"))))
        .isInstanceOf(ContentProblem.class)
        .hasMessage(
            "flow/messages/hello.en.txt, line 2: money is given no number"
                + " → give it one, such as cart.total");
  }

  @ParameterizedTest
  @CsvSource({"../etc, passwd", "flow, ../../x", "flow, a.b", "'', x"})
  void no_name_leads_out_of_the_folder(String flow, String message) {
    assertThatThrownBy(() -> messages.render(flow, message, null, Map.of()))
        .isInstanceOf(ContentProblem.class)
        .hasMessageContaining("is no name of a flow or message");
  }

  @Test
  void what_the_flows_messages_share_stands_in_one_file() throws Exception {
    write("{{ values.code | default: 'none' }}", "{{ values.code | default: 'none' }}");
    assertThat(render(Map.of()).text()).isEqualTo("none");

    Path values = bpmn.resolve("flow/values.json");
    Files.writeString(values, "{\"code\": \"TEA & <10>\"}");
    assertThat(render(Map.of()).text()).isEqualTo("TEA & <10>");
    assertThat(render(Map.of()).html()).contains("TEA &amp; &lt;10&gt;");

    Files.writeString(bpmn.resolve("flow/messages/hello.en.short.txt"), "Take {{ values.code }}");
    assertThat(messages.renderShort("flow", "hello", "hu", Map.of()).text())
        .isEqualTo("Take TEA & <10>");

    Files.writeString(values, "{\"code\": \" \"}");
    assertThat(render(Map.of()).text()).isEqualTo("none");

    Files.writeString(values, "{\"code\": 10}");
    assertThatThrownBy(() -> render(Map.of()))
        .isInstanceOf(ContentProblem.class)
        .hasMessage("flow/values.json: code is 10 (expected: a text) → write it in quotes");
  }

  @Test
  void what_they_share_is_read_once_and_again_when_it_changes() throws Exception {
    write("Hello", "{{ values.code | default: 'none' }}");
    Path values = bpmn.resolve("flow/values.json");
    Files.writeString(values, "{\"code\": \"TEA10\"}");
    assertThat(render(Map.of()).text()).isEqualTo("TEA10");
    assertThat(messages.values("flow")).isSameAs(messages.values("flow"));

    FileTime before = Files.getLastModifiedTime(values);
    Files.writeString(values, "{\"code\": \"TEA20\"}");
    Files.setLastModifiedTime(values, FileTime.from(before.toInstant().plusMillis(10)));
    assertThat(render(Map.of()).text()).isEqualTo("TEA20");

    Files.writeString(values, "{\"code\": ");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> render(Map.of()))
          .isInstanceOf(ContentProblem.class)
          .hasMessageStartingWith("flow/values.json, line 1: it is no JSON");
    }

    Files.writeString(values, "{\"code\": \"TEA3\"}");
    assertThat(render(Map.of()).text()).isEqualTo("TEA3");

    Files.delete(values);
    assertThat(render(Map.of()).text()).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | a price that suits you   | with the code TEA10, and it costs you 10%",
        "hu | Önnek megfelelő árat     | , és 10% kedvezményt kap",
        "ru | поищем цену              | с кодом TEA10, и скидка составит 10%",
      })
  void the_last_offer_for_a_cart_is_the_code_of_the_shop_where_it_has_one(
      String locale, String without, String with) throws Exception {
    String flow = "abandoned-cart";
    FileSystemUtils.copyRecursively(Path.of("../bpmn", flow), bpmn.resolve(flow));
    assertThat(texts(messages.preview(flow, "last-offer", locale)))
        .allSatisfy(text -> assertThat(text).contains(without).doesNotContain("TEA10"));

    Files.writeString(
        bpmn.resolve(flow + "/values.json"), "{\"code\": \"TEA10\", \"discount\": \"10%\"}");
    assertThat(texts(messages.preview(flow, "last-offer", locale)))
        .allSatisfy(text -> assertThat(text).contains("TEA10", with).doesNotContain(without));
  }

  /** Both parts, as they are read. */
  private static List<String> texts(RenderedMessage message) {
    return List.of(
        Jsoup.parse(message.html()).text().replace('\u2011', '-'),
        message.text().replaceAll("\\s+", " "));
  }

  private RenderedMessage render(Map<String, Object> facts) throws ContentProblem {
    return messages.render("flow", "hello", null, facts);
  }

  private void write(String html, String text) throws IOException {
    write("en", html, text);
  }

  private void write(String locale, String html, String text) throws IOException {
    write(
        locale,
        "hello",
        "<mj-section><mj-column><mj-text>" + html + "</mj-text></mj-column></mj-section>",
        text);
  }

  private void body(String body) throws IOException {
    write("en", "hello", body, "x");
  }

  private void write(String locale, String name, String body, String text) throws IOException {
    Path folder = bpmn.resolve("flow/messages");
    Files.writeString(
        folder.resolve(name + "." + locale + ".mjml"),
        """
        <mjml>
          <mj-head>
            <mj-title>Hi {{ lead.firstName }}</mj-title>
            <mj-preview>For {{ lead.firstName }}</mj-preview>
          </mj-head>
          <mj-body>%s</mj-body>
        </mjml>
        """
            .formatted(body));
    Files.writeString(folder.resolve(name + "." + locale + ".txt"), text);
  }

  private static int count(String part, String text) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }
}
