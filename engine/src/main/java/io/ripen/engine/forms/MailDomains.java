package io.ripen.engine.forms;

/** Whether mail to a domain has a chance to arrive. */
@FunctionalInterface
interface MailDomains {

  /** No only where it is certain; where nobody can tell, yes. */
  boolean canReceive(String domain);
}
