package io.ripen.engine.events;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which page an event is about. */
public final class PagePath {

  private static final int LONGEST = 500;

  private PagePath() {}

  /**
   * The path of the page that was looked at, as a {@code page} event says; for a {@code track}
   * event the page on which it happened. At most 500 characters; null where there is none.
   */
  public static @Nullable String of(Event event) {
    JsonNode page = event.context().path("page");
    boolean isPage = event.type().equals("page");
    String path = isPage ? text(event.properties().path("path")) : "";
    path = path.isEmpty() ? text(page.path("path")) : path;
    path = path.isEmpty() && isPage ? pathOf(text(event.properties().path("url"))) : path;
    path = path.isEmpty() ? pathOf(text(page.path("url"))) : path;
    return path.isEmpty() ? null : cut(path);
  }

  private static String text(JsonNode node) {
    return node.isString() ? node.stringValue() : "";
  }

  private static String cut(String path) {
    int end = Math.min(path.length(), LONGEST);
    boolean splitsPair = end < path.length() && Character.isHighSurrogate(path.charAt(end - 1));
    return path.substring(0, splitsPair ? end - 1 : end);
  }

  private static String pathOf(String url) {
    try {
      String path = URI.create(url).getPath();
      return path == null || url.isEmpty() ? "" : path.isEmpty() ? "/" : path;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
