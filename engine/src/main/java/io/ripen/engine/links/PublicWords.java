package io.ripen.engine.links;

import java.nio.charset.StandardCharsets;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** The words of pages for the public: {@code public-pages.properties}, and others by language. */
public final class PublicWords {

  private PublicWords() {}

  /** English for whom we have no words of their own. */
  public static MessageSource source() {
    ResourceBundleMessageSource source = new ResourceBundleMessageSource();
    source.setBasename("public-pages");
    source.setDefaultEncoding(StandardCharsets.UTF_8.name());
    source.setFallbackToSystemLocale(false);
    return source;
  }
}
