/**
 * The gateways: who there is, how far each has applied the table, and what it measured. Reports come in from {@code rest};
 * guards and {@code wait=applied} read them. Uses {@code store}, by which replicas share them.
 */
@NullMarked
package io.laneway.control.gateways;

import org.jspecify.annotations.NullMarked;
