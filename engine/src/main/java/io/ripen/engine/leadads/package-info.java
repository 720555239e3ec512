/** Leads that advertising platforms and others tell of by webhook. */
@NullMarked
package io.ripen.engine.leadads;

import org.jspecify.annotations.NullMarked;
