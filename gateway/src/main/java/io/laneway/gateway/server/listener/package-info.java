/** The sockets on which clients arrive, the event loops behind them, and how they end: the data plane as a whole. */
@NullMarked
package io.laneway.gateway.server.listener;

import org.jspecify.annotations.NullMarked;
