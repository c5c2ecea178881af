/** Quantities as documents write them: shares and durations. */
@NullMarked
package io.laneway.router.unit;

import org.jspecify.annotations.NullMarked;
