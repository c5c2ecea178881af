/** How the table changes: one edit at a time, checked whole, written with its row of history, then published. */
@NullMarked
package io.laneway.control.edit;

import org.jspecify.annotations.NullMarked;
