package io.ripen.engine.content;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The messages that marketers write, found by flow and name. */
public interface MessageCatalog {

  /**
   * Renders a message for one lead.
   *
   * @param flow the flow's id, which is its folder's name
   * @param message the message's name within the flow
   * @param locale the lead's locale as a BCP 47 tag, or null
   * @param facts what templates read; see {@link io.ripen.engine.leads.Facts#tree()}, and {@code
   *     links.unsubscribe} beside them
   * @throws ContentProblem when there is no such message, or it cannot be rendered; the message
   *     says which file, where in it, and why
   */
  RenderedMessage render(
      String flow, String message, @Nullable String locale, Map<String, @Nullable Object> facts)
      throws ContentProblem;

  /**
   * Renders a message for the invented lead of the flow's {@code preview.json}.
   *
   * @throws ContentProblem as for a real lead
   */
  RenderedMessage preview(String flow, String message, String locale) throws ContentProblem;

  /**
   * Renders a short message for one lead, for text messages, messengers, chat, popups and push.
   *
   * @param facts as for an e-mail
   * @throws ContentProblem as for an e-mail
   */
  ShortText renderShort(
      String flow, String message, @Nullable String locale, Map<String, @Nullable Object> facts)
      throws ContentProblem;
}
