package io.laneway.xds.filter;

/** Names of a listener's HTTP filters, by which virtual hosts and routes configure them. Stateless. */
final class FilterNames {

    static final String CORS = "envoy.filters.http.cors";
    static final String RATE = "envoy.filters.http.local_ratelimit";
    static final String FAULT = "envoy.filters.http.fault";
    static final String SESSION = "envoy.filters.http.stateful_session";
    static final String BUFFER = "envoy.filters.http.buffer";
    static final String METADATA = "envoy.filters.http.header_to_metadata";
    static final String ROUTER = "envoy.filters.http.router";

    private FilterNames() {}
}
