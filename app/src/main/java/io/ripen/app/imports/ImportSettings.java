package io.ripen.app.imports;

import io.ripen.app.Failure;
import io.ripen.engine.consents.Agreement;
import io.ripen.engine.contacts.PhoneNumber;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is to be imported, and how.
 *
 * @param source what reports call the list
 * @param consents what all people in the file allowed
 * @param wording the words that they agreed to; there where consents are
 * @param country whose phone numbers are written without a country's code
 * @param refused where refused rows go
 * @param again whether what was imported before is imported once more
 */
public record ImportSettings(
    Path file,
    String source,
    List<Columns.Wish> wishes,
    List<Consent> consents,
    @Nullable String wording,
    @Nullable String country,
    @Nullable Charset encoding,
    @Nullable Character delimiter,
    Path refused,
    boolean again) {

  /** What somebody allowed. */
  record Consent(String channel, String purpose) {

    static Consent parse(String text) {
      String[] parts = text.strip().toLowerCase(Locale.ROOT).split(":", -1);
      if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
        throw new Failure(
            "--consent: '%s' cannot be read (expected: channel and purpose, as email:marketing)"
                .formatted(text));
      }
      Consent consent = new Consent(parts[0].strip(), parts[1].strip());
      Agreement.expected(consent.channel, consent.purpose)
          .ifPresent(
              expected -> {
                throw new Failure(
                    "--consent: nobody can agree to '%s' (expected: %s)".formatted(text, expected));
              });
      return consent;
    }
  }

  /**
   * Reads options as they were given; empty texts where they were not.
   *
   * @throws Failure that says which cannot be used
   */
  public static ImportSettings of(
      Path file,
      String source,
      List<String> maps,
      List<String> consents,
      String wording,
      String country,
      String encoding,
      String delimiter,
      @Nullable Path refused,
      boolean again) {
    List<Columns.Wish> wishes = new ArrayList<>();
    maps.forEach(map -> wishes.addAll(Columns.Wish.parse(map)));
    List<Consent> allowed = consents.stream().map(Consent::parse).distinct().toList();
    if (allowed.isEmpty() != wording.isBlank()) {
      throw new Failure(
          "--consent and --consent-wording go together (expected: what people allowed, and the words that they agreed to, which are the proof)");
    }
    String region = country.toUpperCase(Locale.ROOT);
    if (!region.isEmpty() && !PhoneNumber.isCountry(region)) {
      throw new Failure(
          "--country: '%s' is none (expected: two letters, such as DE)".formatted(country));
    }
    return new ImportSettings(
        file,
        source.isBlank() ? name(file) : source.strip(),
        wishes,
        allowed,
        wording.isBlank() ? null : wording.strip(),
        region.isEmpty() ? null : region,
        encoding.isEmpty() ? null : charset(encoding),
        delimiter.isEmpty() ? null : character(delimiter),
        refused == null ? file.resolveSibling(name(file) + ".REFUSED.csv") : refused,
        again);
  }

  /** Where those of a dry run go: an import that was interrupted still needs its own report. */
  public Path refusedInDryRun() {
    return beside(refused, ".DRY-RUN");
  }

  /** With a mark between the name and its end: {@code contacts.REFUSED.1.csv}. */
  static Path beside(Path file, String mark) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    int end = dot < 0 ? name.length() : dot;
    return file.resolveSibling(name.substring(0, end) + mark + name.substring(end));
  }

  /** The file's name without its folder. */
  String fileName() {
    return String.valueOf(file.getFileName());
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("(?i)\\.(csv|tsv|txt)$", "");
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      throw new Failure(
          "--encoding: '%s' is unknown (expected: such as windows-1252)".formatted(name), e);
    }
  }

  private static char character(String text) {
    if (text.equalsIgnoreCase("tab") || text.equals("\\t")) {
      return '\t';
    }
    if (text.length() != 1 || text.equals("\"")) {
      throw new Failure(
          "--delimiter: '%s' cannot be used (expected: one character, or tab)".formatted(text));
    }
    return text.charAt(0);
  }
}
