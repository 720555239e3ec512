package io.ripen.engine.content;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant by one that is not there. */
public final class Nearest {

  private static final int SHORT = 5;

  private Nearest() {}

  /** The name that differs least, if it differs by no more than a slip of the hand. */
  public static Optional<String> to(String name, Collection<String> names) {
    int most = name.length() < SHORT ? 1 : 2;
    return names.stream()
        .filter(each -> distance(name, each) <= most)
        .min(
            Comparator.<String>comparingInt(each -> distance(name, each))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Letters to add, to take away or to change (Levenshtein); capitals and signs do not count. */
  private static int distance(String one, String other) {
    String a = plain(one);
    String b = plain(other);
    int[] before = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] now = new int[b.length() + 1];
      now[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(changed, Math.min(before[j], now[j - 1]) + 1);
      }
      before = now;
    }
    return before[b.length()];
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
