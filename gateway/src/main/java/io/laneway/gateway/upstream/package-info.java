/**
 * What lives behind the deployments of a table: clusters of endpoints with their health, the pick among them, and the
 * pools of connections of each event loop. Deployments and policies come in from tables, requests for a stream from
 * exchanges. It may use protocol and runtime; it knows no exchange.
 */
package io.laneway.gateway.upstream;
