package io.ripen.e2e;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What servers tell of themselves in Prometheus' format. */
final class Exposition {

  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+(?: \\d+)?");

  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final Map<String, List<Map<String, String>>> samples = new LinkedHashMap<>();

  void add(String text) {
    for (String line : text.split("\n")) {
      Matcher sample = SAMPLE.matcher(line.strip());
      if (!line.startsWith("#") && sample.matches()) {
        Map<String, String> labels = new LinkedHashMap<>();
        Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
        while (label.find()) {
          labels.put(label.group(1), label.group(2));
        }
        samples.computeIfAbsent(sample.group(1), name -> new ArrayList<>()).add(labels);
      }
    }
  }

  /** Whether there is a sample of this name with all of these labels. */
  boolean has(Selector selector) {
    return samples.getOrDefault(selector.metric(), List.of()).stream().anyMatch(selector::fits);
  }
}
