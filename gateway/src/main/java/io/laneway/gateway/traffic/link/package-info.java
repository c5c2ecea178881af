/**
 * Signed links on listeners with {@code lanes: signed}: taken off requests before anything sees them, verified off the event
 * loops, remembered until they end. {@link io.laneway.gateway.traffic.link.LinkCheck} is the hook in an exchange. Heads come
 * in, the granted lane goes out; which carriers then count is the decision's matter. docs/how-to/browser.md.
 */
@NullMarked
package io.laneway.gateway.traffic.link;

import org.jspecify.annotations.NullMarked;
