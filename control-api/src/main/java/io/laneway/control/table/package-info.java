/** The table as it stands: its objects, their versions, what differs between two of them, and their JSON. */
@NullMarked
package io.laneway.control.table;

import org.jspecify.annotations.NullMarked;
