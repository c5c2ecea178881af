package io.laneway.replay.secret;

/**
 * Something in a record that looks like a secret; never the secret itself. Immutable.
 *
 * @param place such as {@code request.header.x-user}
 * @param what why it looks like one
 */
public record Finding(String place, String what) {}
