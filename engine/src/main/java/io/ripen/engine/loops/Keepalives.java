package io.ripen.engine.loops;

/** By which PostgreSQL notices that who has a session is gone. */
public final class Keepalives {

  /**
   * For one session: PostgreSQL takes the locks of a machine that is gone without a word within
   * half a minute, not within hours.
   */
  public static final String SET =
      "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3";

  private Keepalives() {}
}
