package io.ripen.engine.forms;

/**
 * What a tick allows; the wording is the label beside it.
 *
 * @param doubleOptIn whether it counts only when it was confirmed by the link in an e-mail
 */
record Consent(String channel, String purpose, boolean doubleOptIn) {}
