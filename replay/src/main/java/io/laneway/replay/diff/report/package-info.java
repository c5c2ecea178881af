/**
 * What a comparison found, and its reports as text, JSON and JUnit XML. Depends on no other part of the comparison.
 */
@NullMarked
package io.laneway.replay.diff.report;

import org.jspecify.annotations.NullMarked;
