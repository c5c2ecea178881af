/**
 * The life of lanes: when one ends, who is warned, what is cleaned up after it, and how long it lives. Uses come in from
 * gateways, the clock from the jobs' thread; what is due becomes an edit. Uses {@code edit}, {@code store} and
 * {@code webhook}.
 */
@NullMarked
package io.laneway.control.lane;

import org.jspecify.annotations.NullMarked;
