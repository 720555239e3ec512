/**
 * Forms that people fill in on our own and other sites, each drawn as a file in Camunda Modeler.
 */
@NullMarked
package io.ripen.engine.forms;

import org.jspecify.annotations.NullMarked;
