package io.ripen.engine.flows;

/**
 * One of the choices of a drop-down.
 *
 * @param name as Camunda Modeler shows it
 * @param value as the drawing has it; each at most once in a drop-down
 */
record Choice(String name, String value) {}
