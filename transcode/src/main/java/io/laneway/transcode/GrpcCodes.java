package io.laneway.transcode;

/** Status codes of gRPC that the transcoder itself says. Stateless. */
final class GrpcCodes {

    static final int UNKNOWN = 2;
    static final int INVALID_ARGUMENT = 3;
    static final int RESOURCE_EXHAUSTED = 8;
    static final int INTERNAL = 13;
    static final int UNAVAILABLE = 14;

    private GrpcCodes() {}
}
