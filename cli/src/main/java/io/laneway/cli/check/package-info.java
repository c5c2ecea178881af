/** What {@code laneway check} says beyond the form of a document: files that are absent, names that lead nowhere. */
@NullMarked
package io.laneway.cli.check;

import org.jspecify.annotations.NullMarked;
