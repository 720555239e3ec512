package io.ripen.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URL;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/**
 * All names of settings that there are: those of our records, and those that the libraries on our
 * class path describe.
 */
final class KnownSettings {

  private static final String ONE = "[^.]+";
  private static final String ANY = ".+";

  private final Set<String> names = new HashSet<>();
  private final Set<Pattern> patterns = new HashSet<>();

  KnownSettings() {
    ours();
    names.add("ripen.telegram.bot"); // Read by itself, as it is where nothing else of Telegram is.
    described();
  }

  boolean has(String name) {
    return names.contains(name)
        || patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }

  /** As an environment variable. */
  boolean hasVariable(String variable) {
    return names.stream()
        .map(name -> name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT))
        .anyMatch(variable::equals);
  }

  private void ours() {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
    for (BeanDefinition found : scanner.findCandidateComponents("io.ripen")) {
      try {
        Class<?> type = Class.forName(found.getBeanClassName());
        record(type.getAnnotation(ConfigurationProperties.class).value(), type);
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void record(String prefix, Class<?> type) {
    for (RecordComponent part : type.getRecordComponents()) {
      add(
          prefix + "." + DataObjectPropertyName.toDashedForm(part.getName()),
          part.getGenericType());
    }
  }

  private void add(String name, Type type) {
    if (type instanceof Class<?> part && part.isRecord()) {
      record(name, part);
    } else if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
      Type value = map.getActualTypeArguments()[1];
      boolean deep = value instanceof Class<?> part && part.isRecord();
      add(name + "." + (deep ? ONE : ANY), value);
    } else if (name.contains(ONE) || name.contains(ANY)) {
      patterns.add(Pattern.compile(name));
    } else {
      names.add(name);
    }
  }

  private void described() {
    try {
      for (URL file :
          Collections.list(
              getClass()
                  .getClassLoader()
                  .getResources("META-INF/spring-configuration-metadata.json"))) {
        for (JsonNode each : new ObjectMapper().readTree(file).path("properties")) {
          described(each.path("name").asText(), each);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void described(String name, JsonNode property) {
    if (property.has("deprecation") || property.path("deprecated").asBoolean()) {
      return;
    }
    if (property.path("type").asText().startsWith("java.util.Map<")) {
      patterns.add(Pattern.compile(Pattern.quote(name + ".") + ANY));
    }
    names.add(name);
  }
}
