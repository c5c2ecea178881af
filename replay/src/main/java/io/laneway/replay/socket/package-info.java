/**
 * Messages of WebSockets, of the frames that passed (RFC 6455, RFC 7692). Uses form.
 */
@NullMarked
package io.laneway.replay.socket;

import org.jspecify.annotations.NullMarked;
