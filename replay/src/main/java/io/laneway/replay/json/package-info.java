/**
 * JSON as maps, lists, texts and numbers. Text comes in. Uses Jackson's streaming parser.
 */
@NullMarked
package io.laneway.replay.json;

import org.jspecify.annotations.NullMarked;
