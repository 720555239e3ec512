package io.ripen.engine.touches;

import io.ripen.engine.content.ContentProblem;
import io.ripen.engine.content.MessageCatalog;
import io.ripen.engine.content.RenderedMessage;
import io.ripen.engine.content.ShortText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One message for every flow, until its file breaks. */
final class FakeCatalog implements MessageCatalog {

  volatile boolean broken;
  volatile boolean killing;
  volatile List<Path> attachments = List.of();
  volatile ShortText.@Nullable WhatsApp whatsApp;

  @Override
  public RenderedMessage render(
      String flow, String message, @Nullable String locale, Map<String, @Nullable Object> facts)
      throws ContentProblem {
    if (killing) {
      throw new Killed();
    }
    if (broken) {
      throw new ContentProblem(
          flow + "/messages/" + message + ".en.mjml", 7, "the tag is not closed", "close it");
    }
    return new RenderedMessage(
        "en",
        "Your cart",
        "",
        "<p><a href=\"https://shop.example.com/cart\">Cart</a></p>",
        "https://shop.example.com/cart\n" + ((Map<?, ?>) facts.get("links")).get("unsubscribe"),
        attachments);
  }

  @Override
  public RenderedMessage preview(String flow, String message, String locale) {
    return new RenderedMessage(
        locale, "Your cart", "", "<p>An invented lead's cart</p>", "A cart", List.of());
  }

  @Override
  public ShortText renderShort(
      String flow, String message, @Nullable String locale, Map<String, @Nullable Object> facts) {
    return new ShortText(
        "en",
        "Your cart",
        "It is still there.",
        List.of(new ShortText.Button("See it", "https://shop.example.com/cart")),
        Map.of(),
        whatsApp);
  }
}
