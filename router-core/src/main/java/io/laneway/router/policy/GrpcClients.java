package io.laneway.router.policy;

import org.jspecify.annotations.Nullable;

/**
 * Which clients that do not speak gRPC may call a service of gRPC nevertheless: the gateway converts what they speak.
 * Immutable.
 *
 * @param web  whether calls in gRPC-Web, the form of pages in browsers, are taken
 * @param json how requests with JSON become calls, null if they do not
 */
public record GrpcClients(boolean web, @Nullable GrpcJson json) {}
