/**
 * What is looked for in a table that is about to change: whether it would be sound, and what is allowed and probably not
 * meant. Tables, their objects and their changes come in, problems and findings go out. Uses {@code table} and the checks
 * of the core; writes nothing.
 */
@NullMarked
package io.laneway.control.check;

import org.jspecify.annotations.NullMarked;
