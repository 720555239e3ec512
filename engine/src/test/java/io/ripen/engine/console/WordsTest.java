package io.ripen.engine.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Product Viewed    | {"name":"Mug"}                                   | Looked at Mug
          Product Added     | {"name":"Mug","quantity":1}                      | Added Mug to cart
          Product Added     | {"name":"Mug","quantity":"3"}                    | Added 3 × Mug to cart
          Product Added     | {"name":"Mug","quantity":10.0}                   | Added 10 × Mug to cart
          Product Added     | {}                                               | Added a product to cart
          Product Added     | {"name":{"x":1},"sku":7}                         | Added 7 to cart
          Product Removed   | {"name":"Mug"}                                   | Took Mug out of cart
          Cart Viewed       | {"products":"none"}                              | Looked at the cart
          Checkout Started  | {}                                               | Began to check out
          Order Completed   | {"order_id":"A-1","total":12.5,"currency":"EUR"} | Ordered (order A-1)
          Order Completed   | {"total":1e300}                                  | Ordered
          Order Cancelled   | {"order_id":5}                                   | Cancelled (order 5)
          Message Clicked   | {"flow":"abandoned-cart"}                        | Clicked a link in an e-mail of flow abandoned-cart
          Message Clicked   | {"flow":"trial-offer","channel":"popup","form":"trial"} | Sent the form trial in a popup of flow trial-offer
          Exit Intended     | []                                               | Was about to leave
          Page Dwelled      | {"seconds":42}                                   | Stayed on a page for 42 s
          Page Dwelled      | {}                                               | Stayed on a page for long
          Element Clicked   | {"name":"prices"}                                | Clicked prices
          Form Started      | {"form":"ask"}                                   | Began the form ask
          Form Abandoned    | {"form":"ask","lastField":"city"}                | Left the form ask unsent
          Form Submitted    | {"form":"contact","message":"Hello?"}            | Sent the form contact
          Message Replied   | {"channel":"sms","text":"Yes, please"}           | Answered by sms
          Chat Message Received | {"channel":"chat","text":"Hello?"}           | Wrote in the chat
          Chat Message Received | {"channel":"messenger"}                      | Wrote by messenger
          Help Asked        | {"channel":"sms","text":"HELP"}                  | Asked by sms who writes
          Contact Requested | {"form":"contact"}                               | Asked for an answer
          Registration Started | {"step":"address"}                            | Began to sign up
          Consent Granted   | {"channel":"sms"}                                | Gave consent on the site
          Consent Granted   | {"import":"a.csv"}                               | Consent told by the import of a.csv
          Consent Granted   | {"channel":"sms","touch":"7"}                    | Confirmed that they want messages
          Consent Granted   | {"channel":"sms","notCounted":true}              | Gave consent, and an address that cannot be read: it does not count
          Something Else    | null                                             | Something Else
          ``                | {}                                               | Did something without a name
          """)
  void an_event_is_told_in_plain_words(String name, String properties, String words) {
    String data =
        """
        {"type":"track","name":"%s","properties":%s,"context":null}"""
            .formatted(name == null ? "" : name, properties);

    assertThat(title(TimelineKind.EVENT, data)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Form Submitted        | {"form":"contact","version":"1","budget":5,"message":"Hello?"} | budget: 5 · message: Hello?
          Message Replied       | {"channel":"sms","text":"Yes, please"}                         | Yes, please
          Chat Message Received | {"channel":"chat","text":"Do you post to Hungary?"}            | Do you post to Hungary?
          """)
  void what_people_write_can_be_read(String name, String properties, String words) {
    String data =
        """
        {"type":"track","name":"%s","properties":%s,"context":null}"""
            .formatted(name, properties);

    assertThat(entry(TimelineKind.EVENT, data).detail()).isEqualTo(words);
  }

  @Test
  void the_step_of_a_flow_is_named_after_its_id() {
    assertThat(Words.step("serviceTask_sendLastReminder")).isEqualTo("send last reminder");
    assertThat(Words.step("Activity_0x1")).isEqualTo("Activity_0x1");
    assertThat(Words.step("odd id")).isEqualTo("odd id");
  }

  @Test
  void a_decision_to_wait_says_until_when() {
    String data =
        """
        {"verdict":"defer","reason":"quiet hours","until":"2026-11-23T07:00:00+00:00",
         "message":"reminder","channel":"email","flow":"f","element":"e"}""";

    assertThat(title(TimelineKind.DECISION, data))
        .isEqualTo("Reminder e-mail put off until 23 Nov 2026, 07:00 UTC");
  }

  @ParameterizedTest
  @CsvSource({
    "en, hu-HU, 'Flow f, step e · in English, as there is none in Hungarian'",
    "hu, hu-HU, 'Flow f, step e'",
    "en, '', 'Flow f, step e'"
  })
  void a_message_in_another_language_than_the_leads_is_marked(
      String locale, String wanted, String detail) {
    String data =
        """
        {"state":"accepted","message":"m","channel":"email","flow":"f","element":"e",
         "locale":"%s","wanted":"%s"}"""
            .formatted(locale, wanted);

    assertThat(entry(TimelineKind.TOUCH, data).detail()).isEqualTo(detail);
  }

  private static String title(TimelineKind kind, String data) {
    return entry(kind, data).title();
  }

  private static TimelineEntry entry(TimelineKind kind, String data) {
    return Words.entry(kind, "1", Instant.EPOCH, Json.parse(data));
  }
}
