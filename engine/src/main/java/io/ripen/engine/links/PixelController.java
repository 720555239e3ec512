package io.ripen.engine.links;

import io.ripen.engine.links.SignedLinks.Click;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows the picture of one transparent pixel that an e-mail carries, and reports that somebody has
 * seen the e-mail. The picture looks the same whatever the link was.
 */
@RestController
@Profile("engine")
final class PixelController {

  private static final byte[] PIXEL =
      Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

  private final SignedLinks links;
  private final TouchEvents events;

  PixelController(SignedLinks links, TouchEvents events) {
    this.links = links;
    this.events = events;
  }

  @GetMapping(SignedLinks.PIXEL_PATH + "{token}")
  ResponseEntity<byte[]> show(@PathVariable String token, HttpServletRequest request) {
    // What a program fetches ahead says nothing of the person.
    if (links.openPixel(token) instanceof Opened.Genuine<Click> link
        && (!Visitor.isProgram(request) || Visitor.isOutlook(request))
        && !Visitor.isPrivacyProxy(request)) {
      Click click = link.content();
      events.reportVisit(
          null,
          // The first time counts, however often it is looked at.
          "ripen:opened.%d.%s".formatted(click.touch().touch(), click.touch().leadId()),
          LinkEvents.OPENED,
          click.touch(),
          "",
          Map.of(),
          request.getHeader("User-Agent"));
    }
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .contentType(MediaType.IMAGE_GIF)
        .body(PIXEL);
  }
}
