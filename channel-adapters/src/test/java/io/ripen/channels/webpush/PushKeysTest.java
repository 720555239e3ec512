package io.ripen.channels.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.interaso.webpush.WebPush;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, subscriptions, and the hosts that are written to. */
class PushKeysTest {

  /** RFC 8291, appendix A. */
  private static final BrowserKeys RFC =
      BrowserKeys.of(
          "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
          "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
          "BTBZMqHH6r4Tts7J_aSIgg");

  private static final String RFC_MESSAGE =
      "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

  private static final String TEXT = "When I grow up, I want to be a watermelon";

  @Test
  void the_reader_of_these_tests_reads_what_the_rfc_wrote() {
    assertThat(RFC.read(BrowserKeys.bytes(RFC_MESSAGE))).isEqualTo(TEXT);
  }

  @Test
  void the_browser_of_the_rfc_reads_what_we_write() throws InvalidSubscription {
    Subscription subscription =
        Subscription.of("https://fcm.googleapis.com/x", RFC.p256dh(), "BTBZMqHH6r4Tts7J_aSIgg");
    PushKeys keys = PushKeys.generate("mailto:ops@shop.example");
    byte[] message =
        new WebPush(keys.subject(), keys.vapid())
            .getBody(
                TEXT.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                subscription.key(),
                subscription.secret());
    assertThat(RFC.read(message)).isEqualTo(TEXT);
    assertThat(message).hasSameSizeAs(BrowserKeys.bytes(RFC_MESSAGE));
  }

  @RepeatedTest(20)
  void a_new_pair_can_be_read_again() {
    PushKeys keys = PushKeys.generate("https://shop.example");
    assertThat(new PushKeys(keys.publicKey(), keys.privateKey() + "=", keys.subject()))
        .isEqualTo(keys);
    assertThat(BrowserKeys.base64(keys.vapid().getApplicationServerKey()))
        .isEqualTo(keys.publicKey());
  }

  @ParameterizedTest
  @CsvSource({
    "'', private, mailto:a@b.example, public push key",
    "public, '', mailto:a@b.example, private push key",
    "private, public, mailto:a@b.example, public push key",
    "public, private, somebody, subject",
    "public, private, http://shop.example, subject",
  })
  void keys_that_are_wrong_are_named_and_not_shown(
      String publicKey, String privateKey, String subject, String named) {
    PushKeys good = PushKeys.generate("https://shop.example");
    assertThatThrownBy(() -> new PushKeys(pick(good, publicKey), pick(good, privateKey), subject))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named)
        .message()
        .doesNotContain(good.privateKey());
  }

  private static String pick(PushKeys good, String which) {
    return switch (which) {
      case "public" -> good.publicKey();
      case "private" -> good.privateKey();
      default -> which;
    };
  }

  @Test
  void a_subscription_is_read_strictly() {
    String auth = "BTBZMqHH6r4Tts7J_aSIgg";
    byte[] off = BrowserKeys.bytes(RFC.p256dh());
    off[64] ^= 1;
    refuses("https://fcm.googleapis.com/x", BrowserKeys.base64(off), auth, "no point of the curve");
    refuses("https://fcm.googleapis.com/x", RFC.p256dh().substring(4), auth, "keys.p256dh");
    refuses("https://fcm.googleapis.com/x", RFC.p256dh(), "short", "keys.auth");
    refuses("https://fcm.googleapis.com/x", RFC.p256dh(), "?", "keys.auth");
    refuses("not an address", RFC.p256dh(), auth, "\"endpoint\" is no address");
    refuses("https://you@fcm.googleapis.com/", RFC.p256dh(), auth, "\"endpoint\" is no address");
    refuses("https://a.example/" + "a".repeat(2000), RFC.p256dh(), auth, "2018 characters");
  }

  private static void refuses(String endpoint, String p256dh, String auth, String why) {
    assertThatThrownBy(() -> Subscription.of(endpoint, p256dh, auth))
        .isInstanceOf(InvalidSubscription.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://FCM.googleapis.com:443/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://eu.push.services.mozilla.com/wpush/v2/abc",
        "https://wns2-par02p.notify.windows.com/w/?token=abc",
        "https://web.push.apple.com/abc",
        "https://api.push.apple.com/abc",
      })
  void the_browsers_own_push_services_are_known(String endpoint) {
    assertThat(new PushServices(PushServices.PUBLIC).of(RFC.subscription(endpoint))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com:8443/fcm/send/abc",
        "https://fcm.googleapis.com.evil.example/",
        "https://evilfcm.googleapis.com/",
        "https://notify.windows.com/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://metadata.google.internal/",
        "ftp://fcm.googleapis.com/",
      })
  void all_else_is_none(String endpoint) {
    assertThat(new PushServices(PushServices.PUBLIC).of(RFC.subscription(endpoint))).isEmpty();
  }

  @Test
  void a_server_of_ones_own_is_that_server_alone() {
    PushServices own = new PushServices(List.of("http://127.0.0.1:4711"));
    assertThat(own.of(RFC.subscription("http://127.0.0.1:4711/x"))).isPresent();
    assertThat(own.of(RFC.subscription("http://127.0.0.1:4712/x"))).isEmpty();
    assertThat(own.of(RFC.subscription("https://127.0.0.1:4711/x"))).isEmpty();
    assertThatThrownBy(() -> new PushServices(List.of("*")))
        .hasMessageContaining("the push service \"*\" is no host");
  }
}
