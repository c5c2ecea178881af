/**
 * Questions of requests to the gateways: they go down the watch that each gateway keeps open, and come back by {@code
 * POST /v1/gateways/{id}/answers/{question}}, to whichever replica. docs/decisions/0240-questions-go-down-the-watch.md.
 */
@NullMarked
package io.laneway.control.question;

import org.jspecify.annotations.NullMarked;
