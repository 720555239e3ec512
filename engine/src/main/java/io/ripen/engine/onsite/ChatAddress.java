package io.ripen.engine.onsite;

import io.ripen.engine.said.Said;

/** The e-mail address that a visitor left in a chat: said, and proven by nothing. */
public final class ChatAddress {

  /** The trait that keeps it beside the address that counts. */
  static final String TRAIT = "chatEmail";

  /** SQL: whether the address of lead {@code l} is the one of a chat, and nobody confirmed it. */
  public static final String IS_UNPROVEN =
      """
      (l.traits ->> 'chatEmail' = l.email and not exists (
        select from consent c
        where lead_id in (select l.id union all select id from lead where merged_into = l.id)
          and channel = 'email' and granted and proof ->> 'by' like 'double-opt-in%%'
          and %s))
      """
          .formatted(Said.HOLDS);

  private ChatAddress() {}
}
