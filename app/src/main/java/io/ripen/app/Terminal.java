package io.ripen.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import picocli.CommandLine.Help.Ansi;

/** Where people read what we do: plain lines, and on a real terminal one that is drawn over. */
public final class Terminal {

  private final PrintStream out;
  private final Ansi ansi;
  private final boolean interactive;
  private int drawn;

  private Terminal(PrintStream out, Ansi ansi, boolean interactive) {
    this.out = out;
    this.ansi = ansi;
    this.interactive = interactive;
  }

  /** Standard output; the launcher says whether a person is looking at it. */
  public static Terminal standard() {
    boolean interactive = Boolean.getBoolean("ripen.terminal");
    boolean colours = interactive && System.getenv("NO_COLOR") == null;
    return new Terminal(System.out, colours ? Ansi.ON : Ansi.OFF, interactive);
  }

  /** Plain lines on a stream, as for a log. */
  public static Terminal plain(PrintStream out) {
    return new Terminal(out, Ansi.OFF, false);
  }

  /** Whether styles are shown. */
  public Ansi ansi() {
    return ansi;
  }

  public boolean interactive() {
    return interactive;
  }

  /** Prints lines, with picocli's markup for styles: {@code @|bold text|@}. */
  public synchronized void say(String markup) {
    wipe();
    out.println(ansi.string(markup));
    out.flush();
  }

  /** Prints a line as it is, in a colour. */
  public synchronized void sayPlain(String text, String colour) {
    wipe();
    // Text of others may look like markup.
    Ansi.IStyle[] style = Ansi.Style.parse(colour);
    out.println(ansi.enabled() ? Ansi.Style.on(style) + text + Ansi.Style.off(style) : text);
    out.flush();
  }

  /** Says what went wrong, where error messages go. */
  public synchronized void complain(String text) {
    wipe();
    out.flush();
    System.err.println(ansi.string("@|bold,red ripen:|@ ") + text);
  }

  /** What a person answers; nothing where none looks. */
  public synchronized String ask(String question) {
    if (!interactive) {
      return "";
    }
    wipe();
    out.print(question);
    out.flush();
    try {
      String answer =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
      return answer == null ? "" : answer;
    } catch (IOException e) {
      return "";
    }
  }

  /** Shows what is going on at this moment, until the next call; only where a person looks. */
  public synchronized void status(String text) {
    if (!interactive) {
      return;
    }
    wipe();
    out.print(text);
    out.flush();
    drawn = text.length();
  }

  private void wipe() {
    if (drawn > 0) {
      out.print("\r" + " ".repeat(drawn) + "\r");
      drawn = 0;
    }
  }
}
