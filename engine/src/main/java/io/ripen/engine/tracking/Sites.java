package io.ripen.engine.tracking;

import io.ripen.engine.contacts.PhoneNumber;
import io.ripen.engine.tracking.SitesProperties.SiteProperties;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The sites by their write keys. */
public final class Sites {

  private static final Pattern ORIGIN = Pattern.compile("https?://[^/\\s?#@]+");

  private final Map<String, Site> byWriteKey = new HashMap<>();
  private final Map<String, String> countries = new HashMap<>();
  private final Set<String> origins = new TreeSet<>();

  /**
   * @throws IllegalArgumentException when a key, an origin or a country is of no use, naming the
   *     property
   */
  Sites(Map<String, SiteProperties> sites) {
    sites.forEach(this::add);
  }

  /** The site whose scripts send this key. */
  public Optional<Site> byWriteKey(String key) {
    return Optional.ofNullable(byWriteKey.get(key));
  }

  /** The site whose page was served from there; of several, the first by name. */
  public Optional<Site> byOrigin(String origin) {
    return byWriteKey.values().stream()
        .filter(site -> site.welcomes(origin))
        .min(Comparator.comparing(Site::name));
  }

  /** Whose phone numbers are written without a country's code there, where the site says so. */
  public Optional<String> country(String site) {
    return Optional.ofNullable(countries.get(site));
  }

  /** Where pages of any site are served from. */
  public Set<String> origins() {
    return origins;
  }

  private void add(String name, SiteProperties properties) {
    String key = properties.writeKey();
    if (key == null || key.isBlank()) {
      throw new IllegalArgumentException(
          "ripen.sites.%s.write-key is missing (expected: a text that the site's scripts send)"
              .formatted(name));
    }
    Set<String> welcome = new TreeSet<>();
    for (String origin : properties.origins()) {
      welcome.add(checked(name, origin));
    }
    Site other = byWriteKey.put(key, new Site(name, welcome));
    if (other != null) {
      throw new IllegalArgumentException(
          "ripen.sites.%s.write-key is also that of site %s (expected: one of its own)"
              .formatted(name, other.name()));
    }
    origins.addAll(welcome);
    String country = properties.country();
    if (country != null && !country.isBlank()) {
      countries.put(name, region(name, country));
    }
  }

  private static String region(String name, String country) {
    String region = country.strip().toUpperCase(Locale.ROOT);
    if (!PhoneNumber.isCountry(region)) {
      throw new IllegalArgumentException(
          "ripen.sites.%s.country is '%s' (expected: two letters, such as DE)"
              .formatted(name, country));
    }
    return region;
  }

  private static String checked(String name, String origin) {
    if (!origin.equals("*") && !ORIGIN.matcher(origin).matches()) {
      throw new IllegalArgumentException(
          "ripen.sites.%s.origins holds '%s' (expected: scheme and host, without a slash at the end, such as https://shop.example)"
              .formatted(name, origin));
    }
    return origin.toLowerCase(Locale.ROOT);
  }
}
