/** A real Chromium, driven by the Chrome DevTools Protocol over its WebSocket. */
package io.laneway.console.browser;
