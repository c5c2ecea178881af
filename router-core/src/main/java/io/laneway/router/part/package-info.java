/**
 * Parts of a table for those who need few of its services: what they asked for, and what decisions about that need. Uses
 * {@code model}, {@code route} and {@code text}. docs/decisions/0500-a-part-answers-only-what-was-asked.md.
 */
@NullMarked
package io.laneway.router.part;

import org.jspecify.annotations.NullMarked;
