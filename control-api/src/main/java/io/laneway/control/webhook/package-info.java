/**
 * Messages to webhooks: what one is, how each kind of receiver wants it, and sending it until it is taken. Lanes and plans
 * hand in a {@link io.laneway.control.webhook.Notice} and do not wait. Uses {@code store}, where messages are kept until
 * then.
 */
@NullMarked
package io.laneway.control.webhook;

import org.jspecify.annotations.NullMarked;
