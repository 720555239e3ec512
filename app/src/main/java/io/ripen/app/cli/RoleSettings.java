package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Given;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the roles cannot do without and nobody can guess for them. The local server makes its own.
 */
final class RoleSettings {

  private static final String PUBLIC_URL = "ripen.public-url";
  private static final String SIGNING_KEY = "ripen.signing-key";
  private static final String FROM = "ripen.email.from";
  private static final String MAIL_SERVER = "spring.mail.host";
  private static final int SHORTEST_KEY = 32;

  private RoleSettings() {}

  /**
   * @throws Failure that names all that is missing
   */
  static void require(ServerCommand.Role role, Given given) {
    List<String> problems = new ArrayList<>();
    String url = given.property(PUBLIC_URL).orElse("").strip();
    if (!isWebAddress(url)) {
      problems.add(
          problem(
              PUBLIC_URL,
              url.isEmpty() ? "is not set" : "is " + url,
              "where people's browsers and mail programs reach the engine, such as https://ripen.example.com"));
    }
    String key = given.property(SIGNING_KEY).orElse("");
    if (key.isBlank() || key.length() < SHORTEST_KEY) {
      problems.add(
          problem(
              SIGNING_KEY,
              key.isBlank() ? "is not set" : "has %d characters".formatted(key.length()),
              "%d secret characters or more, the same in all processes".formatted(SHORTEST_KEY)));
    }
    if (role == ServerCommand.Role.workers) {
      requireSome(FROM, "the address that our e-mail comes from", given, problems);
      requireSome(MAIL_SERVER, "the SMTP server that sends our e-mail", given, problems);
    }
    if (!problems.isEmpty()) {
      throw new Failure(
          "the role %s does not start: %s".formatted(role, String.join("; and ", problems)));
    }
  }

  private static void requireSome(
      String property, String expected, Given given, List<String> problems) {
    if (given.property(property).orElse("").isBlank()) {
      problems.add(problem(property, "is not set", expected));
    }
  }

  private static String problem(String property, String value, String expected) {
    String variable = property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    return "%s %s (expected: %s; set the environment variable %s or the option --%s=…)"
        .formatted(property, value, expected, variable, property);
  }

  private static boolean isWebAddress(String url) {
    try {
      URI address = URI.create(url);
      return ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
          && address.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
