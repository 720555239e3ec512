package io.ripen.engine.leadads;

import java.util.Map;

/**
 * A lead as a platform tells it.
 *
 * @param id the platform's, the same each time that it tells of this lead
 * @param form the platform's id of the form that was sent; empty where it tells none
 * @param tickedAll whether no box of it is known to have been left empty
 * @param traits e-mail, phone, names, as written there
 * @param properties all else that was filled in, and which form and advertisement it was
 */
record Told(
    String id,
    String form,
    boolean tickedAll,
    Map<String, String> traits,
    Map<String, String> properties) {}
