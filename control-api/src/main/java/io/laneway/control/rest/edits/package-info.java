/** The resources that hold and change what the table holds, one file each, and what their changes have in common. */
@NullMarked
package io.laneway.control.rest.edits;

import org.jspecify.annotations.NullMarked;
