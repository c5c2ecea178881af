/**
 * The table in memory: its objects by name, their marks, what discovery found laid over it, differences and documents.
 * Immutable values come in and go out. Uses the model of the core; reads and writes no store.
 */
@NullMarked
package io.laneway.control.table;

import org.jspecify.annotations.NullMarked;
