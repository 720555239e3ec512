package io.ripen.benchmarks;

/** What touches go out by. */
enum TouchChannel {
  EMAIL("e-mail", "email", "reminder", Ours.CONNECTIONS, ""),
  SMS("SMS, Twilio", "sms", "nudge", Ours.AT_ONCE, ""),
  WHATSAPP("WhatsApp, Twilio", "messenger", "nudge", Ours.AT_ONCE, "whatsapp"),
  FACEBOOK("Facebook Messenger, Twilio", "messenger", "nudge", Ours.AT_ONCE, "messenger"),
  TELEGRAM("Telegram", "messenger", "nudge", Ours.AT_ONCE, "telegram"),
  PUSH("web push", "push", "nudge", Ours.AT_ONCE, ""),
  CHAT("chat", "chat", "nudge", Ours.TO_THE_DATABASE, ""),
  POPUP("popup", "popup", "nudge", Ours.TO_THE_DATABASE, ""),
  /** Past gate and ledger: it tells a system of a lead, and nobody is written to. */
  WEBHOOK("webhook", "", "", Ours.OF_ONE_RECEIVER, "");

  private final String words;
  private final String medium;
  private final String message;
  private final int places;
  private final String messenger;

  TouchChannel(String words, String medium, String message, int places, String messenger) {
    this.words = words;
    this.medium = medium;
    this.message = message;
    this.places = places;
    this.messenger = messenger;
  }

  /** How the table names it. */
  String words() {
    return words;
  }

  /** Its name in flows. */
  String medium() {
    return medium;
  }

  /** Of the flow for abandoned carts. */
  String message() {
    return message;
  }

  /** How many messages are with the provider at once, by the defaults of Ripen. */
  int places() {
    return places;
  }

  /** Whether it is a row in our own PostgreSQL that visitors' windows are told of, and no more. */
  boolean isOnSite() {
    return this == CHAT || this == POPUP;
  }

  /** Whether whoever sends by it keeps a connection of their own. */
  boolean keepsConnections() {
    return this == EMAIL || isOnSite();
  }

  /** The trait that holds a lead's contact; empty where it is none of a messenger. */
  String messenger() {
    return messenger;
  }

  /** Defaults of Ripen's. */
  static final class Ours {
    /** Jobs of one type that a worker has in hand. */
    static final int JOBS = 32;

    /** {@code ripen.email.connections}. */
    static final int CONNECTIONS = 8;

    /** Of each provider that is told by HTTP. */
    static final int AT_ONCE = 20;

    /** {@code spring.datasource.hikari.maximum-pool-size}. */
    static final int TO_THE_DATABASE = 16;

    /** Calls of one receiver of webhooks. */
    static final int OF_ONE_RECEIVER = 10;

    private Ours() {}
  }
}
