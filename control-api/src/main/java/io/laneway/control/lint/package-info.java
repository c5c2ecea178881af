/** What is allowed in a table and probably not meant. */
@NullMarked
package io.laneway.control.lint;

import org.jspecify.annotations.NullMarked;
