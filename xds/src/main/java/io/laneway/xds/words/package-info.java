/**
 * Pieces of resources: matchers, patterns, edits of headers, durations, fractions. Uses nothing else of
 * this module.
 */
@NullMarked
package io.laneway.xds.words;

import org.jspecify.annotations.NullMarked;
