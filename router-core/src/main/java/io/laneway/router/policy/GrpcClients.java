package io.laneway.router.policy;

/**
 * Which clients that do not speak gRPC may call a service of gRPC nevertheless: the gateway converts what they speak.
 * Immutable.
 *
 * @param web whether calls in gRPC-Web, the form of pages in browsers, are taken
 */
public record GrpcClients(boolean web) {}
