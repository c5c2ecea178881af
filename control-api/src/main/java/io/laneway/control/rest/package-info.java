/**
 * The resources of the control API, one file each: here those that watch, explain and run it.
 * docs/reference/control-api.md.
 */
@NullMarked
package io.laneway.control.rest;

import org.jspecify.annotations.NullMarked;
