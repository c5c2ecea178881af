/** The document form of a table, YAML and JSON in one shape, with every problem reported at once. */
@NullMarked
package io.laneway.router.document;

import org.jspecify.annotations.NullMarked;
