package io.ripen.engine.links;

/** What visits of a message's links are called. */
final class LinkEvents {

  static final String CLICKED = "Message Clicked";
  static final String OPENED = "Message Opened";

  /** A program looked at a link, which says nothing of the person. */
  static final String CHECKED = "Message Link Checked";

  private LinkEvents() {}
}
