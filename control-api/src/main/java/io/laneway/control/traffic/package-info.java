/**
 * What passed within the last minute, by service, by the lane asked for and by the lane that served. Reports of gateways
 * come in from {@code gateways}; the overview, events and {@code /v1/traffic} read a view of it.
 */
@NullMarked
package io.laneway.control.traffic;

import org.jspecify.annotations.NullMarked;
