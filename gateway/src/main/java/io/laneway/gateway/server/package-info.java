/**
 * The process around the requests: the sockets on which clients arrive, the admin interface, the lane table as it comes
 * and changes, and the hot restart. What comes in is configuration, connections and tables; what goes out is a running
 * data plane. It may use every other hall, and none of them uses it.
 */
package io.laneway.gateway.server;
