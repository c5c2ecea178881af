/**
 * The table as compiled: immutable, read once by a request and kept by it, sharing with the table before it what did not
 * change. Entries and their compilers come in; a gateway's live state hangs on them by interfaces. Uses the model, routes
 * and shifts; {@link io.laneway.router.table.TableCompiler} is the entrance.
 */
@NullMarked
package io.laneway.router.table;

import org.jspecify.annotations.NullMarked;
