package io.ripen.engine.leads;

import java.util.Comparator;

/**
 * An id that a person goes by on the site.
 *
 * @param kind {@code user} or {@code anonymous}
 */
record Identity(String kind, String value) implements Comparable<Identity> {

  private static final Comparator<Identity> ORDER =
      Comparator.comparing(Identity::kind).thenComparing(Identity::value);

  static Identity user(String id) {
    return new Identity("user", id);
  }

  static Identity anonymous(String id) {
    return new Identity("anonymous", id);
  }

  @Override
  public int compareTo(Identity other) {
    return ORDER.compare(this, other);
  }
}
