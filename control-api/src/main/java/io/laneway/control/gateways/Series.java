package io.laneway.control.gateways;

/** Names what is counted together. Immutable. */
record Series(String service, String lane, String requested) {}
