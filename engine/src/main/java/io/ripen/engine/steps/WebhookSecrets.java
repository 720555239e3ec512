package io.ripen.engine.steps;

import io.ripen.channels.webhook.Receiver;
import io.ripen.channels.webhook.WebhookSecret;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By which secret a receiver knows our calls: one that is set for all, else one of its own. That
 * one is made from the signing key and gives nothing of it away, so who has it forges no links, and
 * no calls to others.
 */
public final class WebhookSecrets {

  private final @Nullable WebhookSecret ofAll;
  private final @Nullable WebhookSecret former;
  private final String signingKey;

  /**
   * @param secret the setting {@code ripen.webhooks.secret}
   * @param former the setting {@code ripen.webhooks.former-secret}
   * @throws IllegalArgumentException when one is no secret, without it
   */
  public WebhookSecrets(@Nullable String secret, @Nullable String former, String signingKey) {
    this.ofAll = read("ripen.webhooks.secret", secret);
    this.former = read("ripen.webhooks.former-secret", former);
    this.signingKey = signingKey;
  }

  /** The one that the receiver is to be given. */
  public WebhookSecret of(Receiver receiver) {
    return ofAll == null ? WebhookSecret.derived(signingKey, receiver) : ofAll;
  }

  /** Those that calls are signed with. */
  List<WebhookSecret> signing(Receiver receiver) {
    List<WebhookSecret> all = new ArrayList<>();
    all.add(of(receiver));
    if (former != null) {
      all.add(former);
    }
    return all;
  }

  private static @Nullable WebhookSecret read(String name, @Nullable String text) {
    return text == null || text.isBlank() ? null : WebhookSecret.read(name, text.strip());
  }
}
