/** What the table was at each revision, and what led from one to another. */
@NullMarked
package io.laneway.control.history;

import org.jspecify.annotations.NullMarked;
