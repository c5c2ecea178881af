/**
 * What this gateway remembers of finished requests, by their ids, and finished requests as they come: what the admin
 * interface and the control API ask for. docs/how-to/follow-one-request.md.
 */
@NullMarked
package io.laneway.gateway.telemetry.records;

import org.jspecify.annotations.NullMarked;
