package io.ripen.engine.forms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.engine.forms.FormPages.Shown;
import io.ripen.engine.tracking.Site;
import io.ripen.engine.tracking.Sites;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves forms as pages and scripts, and takes them when they are sent, with or without a script.
 */
@RestController
@Profile("engine")
final class FormController {

  private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, UTF_8);
  private static final MediaType SCRIPT = new MediaType("text", "javascript", UTF_8);
  private static final int LARGEST = 128 * 1024;

  /** What a form on a page of our own belongs to. */
  private static final String OWN_SITE = "forms";

  private final FormsFolder forms;
  private final FormPages pages;
  private final SubmitForm submitForm;
  private final FormTokens tokens;
  private final Place place;

  /**
   * Where forms may stand, and what time it is there.
   *
   * @param quickest what a script waits for, so that no person is taken for a program
   */
  record Place(Sites sites, Clock clock, Duration quickest) {}

  FormController(
      FormsFolder forms, FormPages pages, SubmitForm submitForm, FormTokens tokens, Place place) {
    this.forms = forms;
    this.pages = pages;
    this.submitForm = submitForm;
    this.tokens = tokens;
    this.place = place;
  }

  @GetMapping("/forms/{name}")
  ResponseEntity<String> page(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String lang,
      HttpServletRequest request) {
    FormWords words = words(lang, request);
    LeadForm form = form(name, words.language());
    var shown = new Shown(token(name), Map.of(), Map.of(), request.getRequestURL().toString());
    return html(HttpStatus.OK, pages.page(form, words, shown));
  }

  /**
   * A browser keeps it, and asks each time whether it has changed: what is sent is of one version.
   */
  @GetMapping("/forms/{name}.js")
  ResponseEntity<String> script(
      @PathVariable String name,
      @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known) {
    form(name, FormWords.LANGUAGES.getFirst());
    FormPages.Script script = pages.script(name);
    boolean isKnown = known != null && known.contains(script.digest());
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(isKnown ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
            .eTag("W/\"%s\"".formatted(script.digest()))
            .cacheControl(CacheControl.noCache().cachePublic());
    return isKnown ? answer.build() : answer.contentType(SCRIPT).body(script.text());
  }

  @GetMapping("/forms/{name}/token")
  ResponseEntity<Map<String, Object>> begin(@PathVariable String name) {
    form(name, FormWords.LANGUAGES.getFirst());
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(Map.of("token", token(name), "wait", place.quickest().toMillis()));
  }

  @PostMapping(path = "/forms/{name}", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  ResponseEntity<String> submit(@PathVariable String name, HttpServletRequest request) {
    if (request.getContentLengthLong() > LARGEST) {
      throw new ResponseStatusException(
          HttpStatus.CONTENT_TOO_LARGE,
          "the form is too large (expected: at most %d KB)".formatted(LARGEST / 1024));
    }
    Sent sent =
        Sent.of(
            request.getParameterMap(),
            site(request),
            request.getRemoteAddr(),
            Objects.requireNonNullElse(request.getHeader(HttpHeaders.USER_AGENT), ""));
    FormWords words = words(sent.ours(Sent.LANGUAGE), request);
    LeadForm form = form(name, words.language());
    Answer answer = submitForm.submit(form, sent, words);
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return accept != null && accept.contains(MediaType.APPLICATION_JSON_VALUE)
        ? json(name, answer)
        : html(form, sent, words, answer);
  }

  private ResponseEntity<String> json(String name, Answer answer) {
    Map<String, Object> body = new LinkedHashMap<>();
    HttpStatus status =
        switch (answer) {
          case Answer.Thanks thanks -> say(body, "thanks", thanks.text(), HttpStatus.OK);
          case Answer.Mend mend -> {
            body.put("errors", mend.errors());
            yield HttpStatus.UNPROCESSABLE_CONTENT;
          }
          case Answer.Again again -> {
            body.put("token", token(name));
            body.put("wait", place.quickest().toMillis());
            yield say(body, "message", again.text(), HttpStatus.CONFLICT);
          }
          case Answer.TooOften often ->
              say(body, "message", often.text(), HttpStatus.TOO_MANY_REQUESTS);
          case Answer.Later later ->
              say(body, "message", later.text(), HttpStatus.SERVICE_UNAVAILABLE);
        };
    return answered(status, answer)
        .contentType(MediaType.APPLICATION_JSON)
        .body(JsonMapper.shared().writeValueAsString(body));
  }

  private static HttpStatus say(
      Map<String, Object> body, String key, String text, HttpStatus status) {
    body.put(key, text);
    return status;
  }

  private ResponseEntity<String> html(LeadForm form, Sent sent, FormWords words, Answer answer) {
    BiFunction<Map<String, String>, String, String> anew =
        (errors, token) ->
            pages.page(
                form, words, new Shown(token, sent.values(form), errors, sent.ours(Sent.URL)));
    String before = sent.ours(Sent.TOKEN);
    return switch (answer) {
      case Answer.Thanks thanks -> html(HttpStatus.OK, pages.thanks(form, words, thanks.text()));
      case Answer.Mend mend ->
          html(HttpStatus.UNPROCESSABLE_CONTENT, anew.apply(mend.errors(), before));
      case Answer.Again again ->
          html(HttpStatus.CONFLICT, anew.apply(whole(again.text()), token(form.name())));
      case Answer.TooOften often -> {
        String page = anew.apply(whole(often.text()), before);
        yield answered(HttpStatus.TOO_MANY_REQUESTS, answer).headers(framing()).body(page);
      }
      case Answer.Later later ->
          html(HttpStatus.SERVICE_UNAVAILABLE, anew.apply(whole(later.text()), before));
    };
  }

  private static Map<String, String> whole(String text) {
    return Map.of(CheckValues.WHOLE, text);
  }

  private ResponseEntity<String> html(HttpStatusCode status, String page) {
    return ResponseEntity.status(status).headers(framing()).body(page);
  }

  private static ResponseEntity.BodyBuilder answered(HttpStatus status, Answer answer) {
    ResponseEntity.BodyBuilder builder =
        ResponseEntity.status(status).cacheControl(CacheControl.noStore());
    if (answer instanceof Answer.TooOften often) {
      builder.header(HttpHeaders.RETRY_AFTER, Long.toString(often.pause().toSeconds() + 1));
    }
    return builder;
  }

  /** Pages of the sites may frame it; it runs no script. */
  private HttpHeaders framing() {
    var headers = new HttpHeaders();
    headers.setContentType(HTML);
    headers.setCacheControl(CacheControl.noStore());
    headers.set(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none';"
            + " form-action 'self'; frame-ancestors 'self' "
            + String.join(" ", place.sites().origins()));
    return headers;
  }

  private LeadForm form(String name, String language) {
    return forms
        .find(name, language)
        .orElseThrow(
            () ->
                new ResponseStatusException(
                    HttpStatus.NOT_FOUND,
                    "there is no form %s (expected: bpmn/forms/%s.form)".formatted(name, name)));
  }

  private static FormWords words(@Nullable String language, HttpServletRequest request) {
    return FormWords.in(
        language == null || language.isBlank()
            ? request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)
            : language);
  }

  /** Which site's page it is; strangers' pages have been turned away before. */
  private String site(HttpServletRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    URI here = URI.create(request.getRequestURL().toString());
    boolean isOwn = origin == null || origin.equals(here.getScheme() + "://" + here.getAuthority());
    return isOwn ? OWN_SITE : place.sites().byOrigin(origin).map(Site::name).orElse(OWN_SITE);
  }

  private String token(String name) {
    return tokens.issue(name, place.clock().instant());
  }
}
