/**
 * The document form of a lane table: YAML in files, JSON on the wire, one shape (CONTRACT sections 3 and 5). {@link
 * io.laneway.router.tableform.TableReader} reads tables and single objects.
 */
@NullMarked
package io.laneway.router.tableform;

import org.jspecify.annotations.NullMarked;
