package io.ripen.engine.forms;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How forms are taken.
 *
 * @param quickest who is done sooner is a program
 * @param openFor how long a form may stand open before it has to be sent twice
 * @param perMinute how often one address may send forms
 * @param perMailbox how many forms an hour are taken with the same e-mail address
 * @param perNumber how many forms an hour are taken that ask for texts to the same number
 */
@ConfigurationProperties("ripen.forms")
record FormsProperties(
    @DefaultValue("2s") Duration quickest,
    @DefaultValue("24h") Duration openFor,
    @DefaultValue("20") int perMinute,
    @DefaultValue("10") int perMailbox,
    @DefaultValue("5") int perNumber) {

  FormsProperties {
    if (perMinute < 1 || perMailbox < 1 || perNumber < 1) {
      throw new IllegalArgumentException(
          "ripen.forms.per-minute is %d, per-mailbox %d, per-number %d (expected: 1 or more)"
              .formatted(perMinute, perMailbox, perNumber));
    }
  }
}
