package io.ripen.engine.contacts;

import java.time.Duration;
import org.xbill.DNS.ExtendedResolver;

/** Whether mail to a domain has a chance to arrive. Safe for use by many threads. */
@FunctionalInterface
public interface MailDomains {

  /** Whether it has. */
  enum Answer {
    YES,
    /** Certainly not. */
    NO,
    /** Nobody could tell. */
    UNKNOWN
  }

  /** What is known of a domain by now. */
  Answer ask(String domain);

  /** No only where it is certain; where nobody can tell, yes. */
  default boolean canReceive(String domain) {
    return ask(domain) != Answer.NO;
  }

  /**
   * Asks the domain name system, by the name servers of this machine.
   *
   * @param patience for each of the questions
   */
  static MailDomains byDns(Duration patience) {
    return new MailDomainsByDns(new ExtendedResolver(), patience);
  }

  /** Asks nobody, and believes in each domain. */
  static MailDomains believed() {
    return domain -> Answer.YES;
  }
}
