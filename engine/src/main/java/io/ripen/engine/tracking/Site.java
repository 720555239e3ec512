package io.ripen.engine.tracking;

import java.util.Set;

/** A site that may send events. */
public record Site(String name, Set<String> origins) {

  /** Whether a page from there may send events for this site. */
  public boolean welcomes(String origin) {
    return origins.contains("*") || origins.contains(origin);
  }
}
