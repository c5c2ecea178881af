package io.laneway.gateway.traffic.context;

import io.laneway.gateway.protocol.head.HeaderLines;

/** Changes that something on a request's way wants of the response's head. Immutable. */
public interface ResponseEdit {

    /** Changes the lines. */
    void apply(HeaderLines lines);
}
