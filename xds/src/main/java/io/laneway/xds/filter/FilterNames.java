package io.laneway.xds.filter;

/** Under which names a listener has its HTTP filters, and virtual hosts and routes speak to them. Stateless. */
public final class FilterNames {

    static final String CORS = "envoy.filters.http.cors";
    static final String RATE = "envoy.filters.http.local_ratelimit";
    static final String FAULT = "envoy.filters.http.fault";
    static final String SESSION = "envoy.filters.http.stateful_session";
    static final String BUFFER = "envoy.filters.http.buffer";
    static final String METADATA = "envoy.filters.http.header_to_metadata";
    static final String ROUTER = "envoy.filters.http.router";

    private FilterNames() {}
}
