package io.ripen.engine.links;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Leads the web links of a message by way of us, so that a click comes back as an event, and marks
 * them with the campaign; in text messages by short links. Our own links, and what is no web link
 * (mail, telephone), stay as they are.
 */
@Component
public final class LinkRewriter {

  private static final Pattern WEB_ADDRESS = Pattern.compile("(?i)\\bhttps?://[^\\s<>\"]+");

  /** What ends a sentence rather than an address. */
  private static final Pattern TAIL = Pattern.compile("[.,;:!?'’”»…]+$");

  /** By which every character is paid for. */
  private static final String SMS = "sms";

  private final SignedLinks links;
  private final ShortLinks shortLinks;

  LinkRewriter(SignedLinks links, ShortLinks shortLinks) {
    this.links = links;
    this.shortLinks = shortLinks;
  }

  /** Rewrites the links of an HTML page; all else stays as it was written. */
  public String html(String html, TouchRef touch) {
    return HtmlLinks.change(html, url -> wrapped(url, touch));
  }

  /** Puts a picture at the end of an HTML page that tells when it is seen. */
  public String withPixel(String html, TouchRef touch) {
    String pixel =
        "<img src=\"%s\" width=\"1\" height=\"1\" alt=\"\" style=\"display:block;border:0\">"
            .formatted(links.pixel(touch));
    int end = html.lastIndexOf("</body>");
    return end < 0 ? html + pixel : html.substring(0, end) + pixel + html.substring(end);
  }

  /** Rewrites the addresses in a plain text. */
  public String text(String text, TouchRef touch) {
    return WEB_ADDRESS
        .matcher(text)
        .replaceAll(
            match -> {
              String address = trimmed(match.group());
              String rest = match.group().substring(address.length());
              return Matcher.quoteReplacement(wrapped(address, touch) + rest);
            });
  }

  /**
   * A text with a short link in place of each address, as long as those of this server are: for a
   * look at what a text message costs.
   *
   * @param publicUrl where people's browsers reach the server
   */
  public static String withSampleLinks(String text, String publicUrl) {
    String sample = publicUrl.replaceFirst("/+$", "") + ShortLinks.PATH + ShortLinks.SAMPLE;
    return WEB_ADDRESS
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    sample + match.group().substring(trimmed(match.group()).length())));
  }

  /** Rewrites one address. */
  public String link(String url, TouchRef touch) {
    return wrapped(url, touch);
  }

  private String wrapped(String url, TouchRef touch) {
    if (!Urls.isWeb(url)) {
      return url;
    }
    boolean isOurs = links.isOurs(url);
    boolean isShort = touch.channel().equals(SMS);
    if (isOurs && !isShort) {
      return url;
    }
    String target = isOurs ? url : Urls.withParameters(url, campaign(touch));
    return isShort ? shortLinks.to(touch, target) : links.click(touch, target);
  }

  private static Map<String, String> campaign(TouchRef touch) {
    return new TreeMap<>(
        Map.of("utm_source", "ripen", "utm_medium", touch.channel(), "utm_campaign", touch.flow()));
  }

  /** Without the end of the sentence, and without a bracket that was opened before the address. */
  private static String trimmed(String address) {
    String result = TAIL.matcher(address).replaceFirst("");
    while (result.endsWith(")") && result.indexOf('(') < 0) {
      result = TAIL.matcher(result.substring(0, result.length() - 1)).replaceFirst("");
    }
    return result;
  }
}
