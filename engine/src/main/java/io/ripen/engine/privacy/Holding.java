package io.ripen.engine.privacy;

/**
 * The rows of one table that are about a person.
 *
 * @param section what an export calls them
 * @param condition of the rows, named {@code t}; it may name {@code :leads}, {@code :instances},
 *     {@code :addresses} and {@code :ids}
 * @param content the row as JSON
 * @param fate what an erasure does with them
 */
record Holding(String section, String table, String condition, String content, Fate fate) {

  static final String ROW = "to_jsonb(t)";
  static final String OF_LEADS = "t.lead_id = any(:leads::uuid[])";

  /** What becomes of rows. */
  enum Fate {
    /** They are deleted. */
    DELETED,
    /** What must outlive the person stays as a keyed hash. */
    HASHED,
    /** They say nothing of the person once the others are gone, and go by themselves. */
    LEFT
  }

  /** All rows with the lead's id are deleted. */
  static Holding ofLeads(String section, String table) {
    return new Holding(section, table, OF_LEADS, ROW, Fate.DELETED);
  }

  /** All rows that fulfil this are deleted. */
  static Holding where(String section, String table, String condition) {
    return new Holding(section, table, condition, ROW, Fate.DELETED);
  }

  Holding as(String otherContent) {
    return new Holding(section, table, condition, otherContent, fate);
  }

  Holding but(Fate otherFate) {
    return new Holding(section, table, condition, content, otherFate);
  }

  boolean isByLead() {
    return condition.equals(OF_LEADS);
  }
}
