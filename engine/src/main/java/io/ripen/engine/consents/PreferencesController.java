package io.ripen.engine.consents;

import io.ripen.engine.consents.Preferences.Wanted;
import io.ripen.engine.consents.Unsubscribe.Proof;
import io.ripen.engine.links.LinkProblem;
import io.ripen.engine.links.Opened;
import io.ripen.engine.links.PrivatePage;
import io.ripen.engine.links.SignedLinks;
import io.ripen.engine.links.TouchRef;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The page on which people choose what they get. Looking at it changes nothing. */
@Controller
@Profile("engine")
final class PreferencesController {

  private static final List<String> PAUSES = List.of("P14D", "P1M", "P3M");
  private static final Map<String, String> LANGUAGES = new LinkedHashMap<>();

  static {
    LANGUAGES.put("en", "English");
    LANGUAGES.put("ru", "Русский");
    LANGUAGES.put("hu", "Magyar");
  }

  private final SignedLinks links;
  private final Preferences preferences;

  PreferencesController(SignedLinks links, Preferences preferences) {
    this.links = links;
    this.preferences = preferences;
  }

  @ModelAttribute
  void keepPrivate(HttpServletResponse response) {
    PrivatePage.keep(response);
  }

  @GetMapping("/preferences/{token}")
  ModelAndView ask(@PathVariable String token) {
    return switch (links.openPreferences(token)) {
      case Opened.Genuine<TouchRef> link -> page(link.content());
      case Opened.Expired<TouchRef> link -> LinkProblem.expired();
      case Opened.Forged<TouchRef> link -> LinkProblem.forged();
    };
  }

  @PostMapping("/preferences/{token}")
  ModelAndView save(
      @PathVariable String token,
      @RequestParam(defaultValue = "") Set<String> topic,
      @RequestParam(defaultValue = "") String pause,
      @RequestParam(defaultValue = "") String language,
      @RequestParam(defaultValue = "") String zone,
      HttpServletRequest request) {
    return switch (links.openPreferences(token)) {
      case Opened.Genuine<TouchRef> link -> {
        Wanted wanted =
            new Wanted(
                topic,
                pause(pause),
                LANGUAGES.containsKey(language) ? language : null,
                zone(zone.strip()));
        preferences.change(
            link.content(),
            wanted,
            new Proof(
                "preference page",
                request.getRequestURL().toString(),
                request.getRemoteAddr(),
                request.getHeader("User-Agent")));
        yield saved(link.content(), wanted);
      }
      case Opened.Expired<TouchRef> link -> LinkProblem.expired();
      case Opened.Forged<TouchRef> link -> LinkProblem.forged();
    };
  }

  /** Language and zone are an event that the lead has not heard of yet. */
  private ModelAndView saved(TouchRef touch, Wanted wanted) {
    ModelAndView page = page(touch).addObject("saved", true);
    if (wanted.language() != null) {
      page.addObject("language", wanted.language());
    }
    if (wanted.zone() != null) {
      page.addObject("zone", wanted.zone());
    }
    return page;
  }

  private ModelAndView page(TouchRef touch) {
    ModelAndView page = new ModelAndView("consents/preferences", HttpStatus.OK);
    PreferencesJdbc.Place place = preferences.place(touch.leadId());
    Instant paused = preferences.pausedUntil(touch.leadId());
    page.addObject("saved", false);
    page.addObject("topics", preferences.topics(touch));
    page.addObject("pauses", PAUSES);
    page.addObject(
        "pausedUntil", paused == null ? null : LocalDate.ofInstant(paused, ZoneOffset.UTC));
    page.addObject("languages", LANGUAGES.entrySet());
    page.addObject("language", LANGUAGES.containsKey(place.language()) ? place.language() : "");
    page.addObject("zone", place.zone());
    page.addObject("zones", ZoneId.getAvailableZoneIds().stream().sorted().toList());
    return page;
  }

  /** Zero to go on, null for no change. */
  private static @Nullable Period pause(String text) {
    return text.equals("none") ? Period.ZERO : PAUSES.contains(text) ? Period.parse(text) : null;
  }

  private static @Nullable String zone(String text) {
    try {
      return text.isEmpty() ? null : ZoneId.of(text).getId();
    } catch (DateTimeException e) {
      // What nobody knows is left as it was.
      return null;
    }
  }
}
