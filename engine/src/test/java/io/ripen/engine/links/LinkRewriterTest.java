package io.ripen.engine.links;

import static io.ripen.engine.links.Links.TOUCH;
import static io.ripen.engine.links.Links.signed;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.links.Opened.Genuine;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkRewriterTest {

  private static final String CAMPAIGN =
      "utm_campaign=abandoned-cart&utm_medium=email&utm_source=ripen";

  private final LinkRewriter rewriter = new LinkRewriter(signed(), Links.noShortOnes());

  /** Where the links of ours in this text lead. */
  private static List<String> targets(String text) {
    List<String> targets = new ArrayList<>();
    Matcher links = Pattern.compile("https://go\\.example\\.com/r/([\\w-]+)").matcher(text);
    while (links.find()) {
      var link = (Genuine<SignedLinks.Click>) signed().openClick(links.group(1));
      assertThat(link.content().touch()).isEqualTo(TOUCH);
      targets.add(link.content().target());
    }
    return targets;
  }

  @ParameterizedTest
  @CsvSource({
    "https://shop.example.com,               https://shop.example.com?CAMPAIGN",
    "https://shop.example.com/cart,          https://shop.example.com/cart?CAMPAIGN",
    "https://shop.example.com/cart?id=1,     https://shop.example.com/cart?id=1&CAMPAIGN",
    "https://shop.example.com/cart?id=1&,    https://shop.example.com/cart?id=1&CAMPAIGN",
    "https://shop.example.com/cart?,         https://shop.example.com/cart?CAMPAIGN",
    "https://shop.example.com/cart#pay,      https://shop.example.com/cart?CAMPAIGN#pay",
    "https://shop.example.com/#/cart?id=1,   https://shop.example.com/?CAMPAIGN#/cart?id=1",
    "HTTP://shop.example.com/,               HTTP://shop.example.com/?CAMPAIGN",
    "https://shop.example.com/корзина,       https://shop.example.com/корзина?CAMPAIGN",
  })
  void links_are_wrapped_and_marked_with_the_campaign(String url, String target) {
    String html = rewriter.html("<a class=\"x\" href=\"" + url + "\">Cart</a>", TOUCH);

    assertThat(targets(html)).containsExactly(target.replace("CAMPAIGN", CAMPAIGN));
    assertThat(html).contains("<a class=\"x\" href=\"https://go.example.com/r/");
  }

  @Test
  void marks_that_are_there_stay() {
    String html =
        rewriter.html(
            "<a href='https://x.example/?utm_source=partner&amp;utm_campaign=spring'>x</a>", TOUCH);

    assertThat(targets(html))
        .containsExactly(
            "https://x.example/?utm_source=partner&utm_campaign=spring&utm_medium=email");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mailto:help@example.com",
        "tel:+36301234567",
        "#top",
        "javascript:alert(1)",
        "ftp://example.com/x",
        "/cart",
        "https://go.example.com/unsubscribe/abc",
        "https://go.example.com/r/abc",
      })
  void what_is_no_web_link_or_ours_already_stays(String url) {
    assertThat(rewriter.html("<a href=\"" + url + "\">x</a>", TOUCH))
        .contains("<a href=\"" + url + "\">x</a>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<A HREF=https://x.example/a>x</A>",
        "<a\n title='1 > 0' href = 'https://x.example/a' >x</a>",
        "<a/href=\"https&colon;//x.example/a\">x</a>",
        "<area href=\" https://x.example/a \">",
        "<a href=\"https://x.example/a\" href=\"https://x.example/b\">x</a>",
        "<!--><a href=\"https://x.example/a\">x</a><!-- -->",
        "<!--[if !mso]><!--><a href=\"https://x.example/a\">x</a><!--<![endif]-->",
        "1 < 2 <a href=\"https://x.example/a\">x</a>",
        "<title><a></title><style>a > b {}</style><a href=\"https://x.example/a\">x</a>",
      })
  void links_are_found_as_browsers_find_them(String html) {
    assertThat(targets(rewriter.html(html, TOUCH)))
        .containsExactly("https://x.example/a?" + CAMPAIGN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!-- <a href=\"https://x.example/a\">x</a> -->",
        "<!--[if mso]><a href=\"https://x.example/a\">x</a><![endif]-->",
        "<!-- <a href=\"https://x.example/a\">x</a>",
        "<style><a href=\"https://x.example/a\"></style>",
        "<title><a href=\"https://x.example/a\"></TITLE >",
        "<img alt='<a href=\"https://x.example/a\">'>",
        "<link href=\"https://x.example/a\">",
        "<a data-href=\"https://x.example/a\">x</a>",
        "<a href>x</a><a href=>x</a><a href=\"\">x</a><a",
        "<a href=\"https://x.example/a",
        "&lt;a href=\"https://x.example/a\"&gt;",
        "</a href=\"https://x.example/a\"><",
      })
  void what_only_looks_like_a_link_stays(String html) {
    assertThat(rewriter.html(html, TOUCH)).isEqualTo(html);
  }

  @Test
  void all_else_stays_as_it_was_written() {
    String html =
        """
        <!doctype html>
        <html xmlns="http://www.w3.org/1999/xhtml" xmlns:o="urn:schemas-microsoft-com:office:office" lang="hu">
        <head><title>Árvíztűrő</title><!--[if mso]><xml><o:AllowPNG/></xml><![endif]--></head>
        <body><!--[if mso | IE]><table><tr><td><![endif]--><div style="color:red">  Szia 👟&nbsp;</div><img src="https://cdn.example.com/a.png"><!--[if mso | IE]></td></tr></table><![endif]--></body>
        </html>""";

    assertThat(rewriter.html(html, TOUCH)).isEqualTo(html);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "See https://x.example/a. Bye     | https://x.example/a    | . Bye",
        "(https://x.example/a)            | https://x.example/a    | )",
        "https://x.example/wiki_(disc) !  | https://x.example/wiki_(disc) | ' !'",
        "<https://x.example/a>            | https://x.example/a    | >",
        "https://x.example/a?b=1&c=2, or  | https://x.example/a?b=1&c=2 | ', or'",
        "„https://x.example/a”            | https://x.example/a    | ”",
      })
  void addresses_in_a_text_end_where_people_see_them_end(String text, String url, String rest) {
    String rewritten = rewriter.text(text, TOUCH);

    assertThat(targets(rewritten))
        .containsExactly(url + (url.contains("?") ? "&" : "?") + CAMPAIGN);
    assertThat(rewritten).endsWith(rest);
  }

  @Test
  void a_text_keeps_its_unsubscribe_link_and_its_words() {
    String text = "Szia $1 \\ 👟\nhttps://go.example.com/unsubscribe/abc\nno link: example.com";

    assertThat(rewriter.text(text, TOUCH)).isEqualTo(text);
  }
}
