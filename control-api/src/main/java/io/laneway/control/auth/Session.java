package io.laneway.control.auth;

/**
 * A browser that logged in. Immutable.
 *
 * @param csrf what its calls that change something must repeat, which pages of other sites cannot read
 */
public record Session(Principal principal, String csrf) {}
