/** WebSockets and other upgrades through a running gateway, over both protocols on either side. */
package io.laneway.gateway.websocket;
