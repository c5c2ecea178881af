/**
 * The form of a shift: its environments with pins and slots, and what a call that leaves keys out keeps of the shift
 * there is. A key of a shift comes in; how slots move is {@code shift}'s. Uses the model.
 */
@NullMarked
package io.laneway.router.codec.shift;

import org.jspecify.annotations.NullMarked;
