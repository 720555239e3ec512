package io.ripen.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.channels.Keywords.Keyword;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordsTest {

  @ParameterizedTest
  @CsvSource({
    "STOP, STOP",
    "stop, STOP",
    "' Stop. ', STOP",
    "«Stop!», STOP",
    "STOPALL, STOP",
    "Stop  all, STOP",
    "UNSUBSCRIBE, STOP",
    "Cancel, STOP",
    "END, STOP",
    "quit, STOP",
    "REVOKE, STOP",
    "Opt-out, STOP",
    "СТОП, STOP",
    "стоп, STOP",
    "Отписаться, STOP",
    "ОТМЕНА, STOP",
    "ÁLLJ, STOP",
    "allj, STOP",
    "álljon, STOP",
    "LEIRATKOZÁS, STOP",
    "leiratkozas, STOP",
    "Leiratkozom!, STOP",
    "START, START",
    "yes, START",
    "UNSTOP, START",
    "Старт, START",
    "подписаться, START",
    "INDUL, START",
    "indít, START",
    "Feliratkozás, START",
    "HELP, HELP",
    "Info?, HELP",
    "ПОМОЩЬ, HELP",
    "SÚGÓ, HELP",
    "sugo, HELP",
    "Segítség!, HELP",
  })
  void a_word_alone_counts_in_any_case_with_or_without_accents(String message, Keyword keyword) {
    assertThat(Keywords.in(message)).contains(keyword);
  }

  @Test
  void accents_may_stand_apart_and_letters_be_wide_or_followed_by_nothing_visible() {
    assertThat(Keywords.in("a\u0301llj")).contains(Keyword.STOP);
    assertThat(Keywords.in("ＳＴＯＰ")).contains(Keyword.STOP);
    assertThat(Keywords.in("\uFEFFSTOP\u200B 🛑")).contains(Keyword.STOP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "🛑",
        "STOP please",
        "Don't stop",
        "nonstop",
        "stopped",
        "the end",
        "yes please",
        "help me choose",
        "не останавливайтесь",
        "стоп машина",
        "indulok",
        "S T O P",
      })
  void a_word_among_others_does_not_count(String message) {
    assertThat(Keywords.in(message)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"YES", "Yes!", "да", "ДА.", " Igen ", "IGEN"})
  void a_bare_yes_is_one_in_each_language(String message) {
    assertThat(Keywords.isYes(message)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yes please", "START", "да, но", "igenis", "STOP"})
  void a_yes_with_more_is_none(String message) {
    assertThat(Keywords.isYes(message)).isFalse();
  }

  @Test
  void only_the_yes_that_telephone_companies_know_brings_back_who_wrote_stop() {
    assertThat(Keywords.in("YES")).contains(Keyword.START);
    assertThat(Keywords.in("ДА")).isEmpty();
    assertThat(Keywords.in("IGEN")).isEmpty();
  }

  @Test
  void a_long_message_is_none() {
    assertThat(Keywords.in("stop" + " ".repeat(100))).isEmpty();
  }

  @Test
  void no_language_of_the_machine_changes_it() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(Keywords.in("QUIT")).contains(Keyword.STOP);
      assertThat(Keywords.in("UNSUBSCRIBE")).contains(Keyword.STOP);
    } finally {
      Locale.setDefault(before);
    }
  }
}
