package io.laneway.control.gateways;

/**
 * The requests for a service that asked for a lane. Immutable.
 *
 * @param lane the slug of the lane that was asked for or assigned, empty for none
 */
public record ServiceLane(String service, String lane) {}
