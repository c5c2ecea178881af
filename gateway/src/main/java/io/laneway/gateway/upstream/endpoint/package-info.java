/**
 * One endpoint of a deployment: its address and addresses, what it speaks, and its state. What the table says and what
 * connections and checks find comes in; whether it may be used goes out. It may use protocol, runtime and health.
 */
@NullMarked
package io.laneway.gateway.upstream.endpoint;

import org.jspecify.annotations.NullMarked;
