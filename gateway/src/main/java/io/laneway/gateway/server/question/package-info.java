/**
 * Questions of the control API about requests, as they come down the watch, and what this gateway answers. All of it
 * happens apart from the event loops that carry requests.
 */
@NullMarked
package io.laneway.gateway.server.question;

import org.jspecify.annotations.NullMarked;
