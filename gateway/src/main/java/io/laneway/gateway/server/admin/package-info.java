/**
 * Where operators look into a gateway and control it: probes, metrics, the table, explain, drain. On an event
 * loop of its own, so that it answers while requests press. docs/reference/admin.md.
 */
@NullMarked
package io.laneway.gateway.server.admin;

import org.jspecify.annotations.NullMarked;
