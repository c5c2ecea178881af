/**
 * The resources that run the installation: tokens, backup, gateways and their reports, the watch, probes, explain and lint,
 * one file each. Calls come in from {@code http}. None of them changes the table.
 */
@NullMarked
package io.laneway.control.rest.operations;

import org.jspecify.annotations.NullMarked;
