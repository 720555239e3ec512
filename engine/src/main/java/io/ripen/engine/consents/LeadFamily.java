package io.ripen.engine.consents;

/** SQL that queries of several tables begin with. */
final class LeadFamily {

  /** The lead that this id means today, and all that were merged into it. */
  static final String SQL =
      """
      with recursive root (id, merged_into) as (
        select id, merged_into from lead where id = :lead
        union
        select l.id, l.merged_into from lead l join root r on l.id = r.merged_into
      ), family (id) as (
        select :lead
        union
        select id from root
        union
        select l.id from lead l join family f on l.merged_into = f.id
      )
      """;

  private LeadFamily() {}
}
