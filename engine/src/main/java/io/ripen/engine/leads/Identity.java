package io.ripen.engine.leads;

import java.util.Comparator;

/**
 * An id that a person goes by on the site.
 *
 * @param kind {@code user} or {@code anonymous}
 */
record Identity(String kind, String value) implements Comparable<Identity> {

  static final String USER = "user";
  static final String ANONYMOUS = "anonymous";

  private static final Comparator<Identity> ORDER =
      Comparator.comparing(Identity::kind).thenComparing(Identity::value);

  static Identity user(String id) {
    return new Identity(USER, id);
  }

  static Identity anonymous(String id) {
    return new Identity(ANONYMOUS, id);
  }

  @Override
  public int compareTo(Identity other) {
    return ORDER.compare(this, other);
  }
}
