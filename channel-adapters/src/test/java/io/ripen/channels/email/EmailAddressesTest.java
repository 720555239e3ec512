package io.ripen.channels.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.channels.Inbound.Cause;
import io.ripen.channels.SendResult.Rejected;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "anna",
        "@example.org",
        "anna@",
        "anna@@example.org",
        "anna kovacs@example.org",
        "anna@exa mple.org",
        "anna@example..org",
        "Anna <anna@example.org>",
        "<anna@example.org>",
        "anna@example.org, bela@example.org",
        "list: anna@example.org;",
        "anna@example.org\r\nBcc: bela@example.org",
        "anna@example.org\nRCPT TO:<bela@example.org>",
        "anna\0@example.org",
        "анна@example.org",
      })
  void what_is_no_address_is_rejected_without_a_word_to_the_server(String address)
      throws IOException {
    try (ScriptedSmtpServer server = new ScriptedSmtpServer();
        EmailChannel channel = Emails.channel(server.port())) {
      assertThat(channel.send(Emails.to(address, "Anna"), () -> {}))
          .isEqualTo(
              new Rejected(
                  "the address is not one that e-mail can be sent to", Cause.NO_SUCH_ADDRESS));
      assertThat(server.connections()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "anna@example.org, anna@example.org",
    "anna.kovacs+shop@mail.example.org, anna.kovacs+shop@mail.example.org",
    "o'hara@example.org, o'hara@example.org",
    "anna@localhost, anna@localhost",
    "anna@почта.рф, anna@xn--80a1acny.xn--p1ai",
    "anna@kovács.hu, anna@xn--kovcs-zqa.hu",
  })
  void addresses_of_the_whole_world_are_taken(String address, String onTheWire) {
    assertThat(Addresses.parse(address).orElseThrow().getAddress()).isEqualTo(onTheWire);
  }

  @Test
  void a_sender_that_is_no_address_is_refused_at_start() {
    assertThatThrownBy(() -> new Sender("shop", null, null))
        .hasMessage(
            "From address: \"shop\" (expected: an e-mail address such as shop@example.com)");
  }
}
