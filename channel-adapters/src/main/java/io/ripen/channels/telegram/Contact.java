package io.ripen.channels.telegram;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person's chat with the bot, as an address. */
final class Contact {

  /** Numbers of groups and of broadcasts are negative. */
  private static final Pattern PERSON = Pattern.compile("telegram:([1-9]\\d{0,17})");

  private Contact() {}

  static String of(long chat) {
    return "telegram:" + chat;
  }

  /** Empty when this is no person's chat. */
  static OptionalLong chat(String contact) {
    Matcher person = PERSON.matcher(contact);
    return person.matches()
        ? OptionalLong.of(Long.parseLong(person.group(1)))
        : OptionalLong.empty();
  }
}
