package io.ripen.engine.console;

import io.ripen.engine.sales.Salespeople;
import io.ripen.engine.sales.Salespeople.Salesperson;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * Who somebody says they are, in a cookie. It is a name badge and no lock: the console has one
 * password for all, and whoever knows it may say any name.
 */
@Component
@Profile("engine")
final class WhoAmI {

  static final String COOKIE = "ripen-salesperson";
  private static final Duration KEPT = Duration.ofDays(180);

  private final Salespeople people;

  WhoAmI(Salespeople people) {
    this.people = people;
  }

  Optional<Salesperson> of(HttpServletRequest request) {
    Cookie cookie = WebUtils.getCookie(request, COOKIE);
    if (cookie == null || cookie.getValue().isBlank()) {
      return Optional.empty();
    }
    try {
      return people.find(URLDecoder.decode(cookie.getValue(), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void remember(String name, HttpServletRequest request, HttpServletResponse response) {
    set(URLEncoder.encode(name, StandardCharsets.UTF_8), KEPT, request, response);
  }

  void forget(HttpServletRequest request, HttpServletResponse response) {
    set("", Duration.ZERO, request, response);
  }

  private static void set(
      String value, Duration age, HttpServletRequest request, HttpServletResponse response) {
    ResponseCookie cookie =
        ResponseCookie.from(COOKIE, value)
            .path("/sales")
            .httpOnly(true)
            .secure(request.isSecure())
            .sameSite("Lax")
            .maxAge(age)
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }
}
