/**
 * Which hosts and paths lead where: domains of services, hosts with routes of the table, paths in their order. Uses lane and
 * words.
 */
@NullMarked
package io.laneway.xds.host;

import org.jspecify.annotations.NullMarked;
