package io.ripen.engine.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.contacts.MailDomains.Answer;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.SimpleResolver;

/** Questions and answers as they go over the wire. */
class MailDomainsByDnsTest {

  private FakeDns dns;
  private MailDomains domains;

  @BeforeEach
  void start() throws SocketException {
    dns = new FakeDns();
    dns.knows("com", new NSRecord(FakeDns.name("com"), DClass.IN, 60, FakeDns.name("ns.example")));
    domains = asking(Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() {
    dns.close();
  }

  private MailDomains asking(Duration patience) {
    return new MailDomainsByDns(new SimpleResolver(dns.address()), patience);
  }

  @Test
  void a_domain_with_a_mail_exchanger_receives_mail() {
    dns.knows("mail.example", mx("mail.example", FakeDns.name("mx.mail.example")));

    assertThat(domains.canReceive("mail.example")).isTrue();
    assertThat(domains.canReceive("MAIL.example")).isTrue();
    assertThat(dns.asked()).isEqualTo(1);
  }

  @Test
  void a_domain_with_nothing_but_an_address_receives_mail() throws UnknownHostException {
    InetAddress four = InetAddress.getByName("192.0.2.1");
    InetAddress six = InetAddress.getByName("2001:db8::1");
    dns.knows("four.example", new ARecord(FakeDns.name("four.example"), DClass.IN, 60, four));
    dns.knows("six.example", new AAAARecord(FakeDns.name("six.example"), DClass.IN, 60, six));

    assertThat(domains.canReceive("four.example")).isTrue();
    assertThat(domains.canReceive("six.example")).isTrue();
  }

  @Test
  void a_domain_that_is_not_there_or_has_nothing_receives_none() {
    dns.knows("empty.example");

    assertThat(domains.canReceive("nowhere.example")).isFalse();
    assertThat(domains.canReceive("empty.example")).isFalse();
    assertThat(domains.canReceive("no..dots")).isFalse();
    assertThat(domains.canReceive("x".repeat(70) + ".example")).isFalse();
  }

  @Test
  void a_domain_that_says_it_has_no_mail_is_believed() {
    dns.knows("null.example", mx("null.example", Name.root));

    assertThat(domains.canReceive("null.example")).isFalse();
  }

  @Test
  void a_domain_with_other_letters_is_asked_for_by_its_true_name() {
    dns.knows("xn--mnchen-3ya.example", mx("xn--mnchen-3ya.example", FakeDns.name("mx.example")));

    assertThat(domains.canReceive("münchen.example")).isTrue();
  }

  @Test
  void where_nobody_can_tell_an_address_is_believed() {
    dns.fails();
    assertThat(domains.canReceive("any.example")).isTrue();

    dns.fallsSilent();
    assertThat(asking(Duration.ofMillis(300)).canReceive("other.example")).isTrue();
  }

  @Test
  void a_name_server_that_knows_nothing_of_the_world_is_not_believed() throws SocketException {
    try (FakeDns closed = new FakeDns()) {
      closed.knows("empty.example");
      var inside =
          new MailDomainsByDns(new SimpleResolver(closed.address()), Duration.ofSeconds(20));

      assertThat(inside.ask("nowhere.example")).isEqualTo(Answer.UNKNOWN);
      assertThat(inside.ask("empty.example")).isEqualTo(Answer.UNKNOWN);
    }
  }

  private static MXRecord mx(String domain, Name exchanger) {
    return new MXRecord(FakeDns.name(domain), DClass.IN, 60, 10, exchanger);
  }
}
