/** Shifts as an operation: changing shares, previewing, reverting, and plans that go step by step under a guard. */
@NullMarked
package io.laneway.control.shift;

import org.jspecify.annotations.NullMarked;
