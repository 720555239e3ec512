/** What people may ask of us about their data: to hand it over, and to erase it for good. */
@NullMarked
package io.ripen.engine.privacy;

import org.jspecify.annotations.NullMarked;
