/**
 * What the console's first page shows: lanes, services, shifts and gateways as rows, with what passed. The published table
 * and the views of {@code traffic}, {@code gateways} and {@code plan} come in; events show the same rows.
 */
@NullMarked
package io.laneway.control.overview;

import org.jspecify.annotations.NullMarked;
