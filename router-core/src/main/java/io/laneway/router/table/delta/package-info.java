/**
 * What leads from one revision of a table to another: found between two tables, applied to one, at the cost of what
 * changed. A new kind of object comes in with its changes. Uses the model alone.
 */
@NullMarked
package io.laneway.router.table.delta;

import org.jspecify.annotations.NullMarked;
