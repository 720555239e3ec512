package io.ripen.channels.telegram;

/** Updates as the Bot API describes them. */
final class TelegramUpdates {

  /** 2026-03-01T10:00:00Z. */
  static final long AT = 1_772_359_200;

  private TelegramUpdates() {}

  static String said(long update, String text) {
    return message(update, "\"text\":\"%s\"".formatted(text));
  }

  /** A message of the person 700001. */
  static String message(long update, String fields) {
    return """
        {"update_id":%d,"message":{"message_id":%d,"date":%d,
         "from":{"id":700001,"is_bot":false,"first_name":"Anna","username":"anna_k"},
         "chat":{"id":700001,"type":"private","first_name":"Anna","username":"anna_k"},%s}}"""
        .formatted(update, update + 5000, AT, fields);
  }

  static String membership(long update, String was, String is) {
    return """
        {"update_id":%d,"my_chat_member":{"date":%d,
         "from":{"id":700001,"is_bot":false,"first_name":"Anna"},
         "chat":{"id":700001,"type":"private","first_name":"Anna"},
         "old_chat_member":{"user":{"id":42,"is_bot":true,"first_name":"Shop"},"status":"%s"},
         "new_chat_member":{"user":{"id":42,"is_bot":true,"first_name":"Shop"},"status":"%s",
                            "until_date":0}}}"""
        .formatted(update, AT, was, is);
  }

  static String group(long update) {
    return """
        {"update_id":%d,"message":{"message_id":3,"date":%d,"text":"Hello all",
         "from":{"id":700001,"is_bot":false,"first_name":"Anna"},
         "chat":{"id":-100123,"type":"supergroup","title":"Friends"}}}"""
        .formatted(update, AT);
  }

  static String edited(long update) {
    return said(update, "Hello!").replace("\"message\":{", "\"edited_message\":{");
  }
}
