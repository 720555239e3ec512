package io.ripen.engine.console;

/**
 * Something that an instance cannot get over by itself.
 *
 * @param step what the diagram calls the place
 */
record OpenIncident(String step, String errorType, String message, Moment since) {}
