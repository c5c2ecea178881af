package io.laneway.gateway.upstream.endpoint;

/**
 * What an endpoint speaks, as its connections have shown: for deployments with protocol {@code auto}. Nothing is known at
 * first; what is known may prove wrong when another process takes the address, and is then corrected. Safe for many
 * threads.
 */
public final class SpokenProtocols {

    private enum Known {
        NOTHING,
        HTTP1,
        /** It closed a new connection instead of answering an HTTP/1.1 request. */
        PERHAPS_HTTP2,
        /** It closes connections instead of answering HTTP/1.1 requests, and takes those of HTTP/2. */
        LIKELY_HTTP2,
        /** It sends frames as a response to HTTP/1.1. */
        HTTP2
    }

    private volatile Known known = Known.NOTHING;

    /** Whether a request that either version can carry goes by HTTP/2. */
    public boolean http2() {
        Known now = known;
        return now != Known.NOTHING && now != Known.HTTP1;
    }

    /** Whether HTTP/1.1 is certain not to be understood. */
    public boolean http2Alone() {
        return known == Known.HTTP2;
    }

    /** Whether it has answered HTTP/1.1 on a connection that is open. */
    public boolean http1() {
        return known == Known.HTTP1;
    }

    /** It answered a request in HTTP/1.1. */
    public void respondedHttp1() {
        if (known != Known.HTTP1) {
            known = Known.HTTP1;
        }
    }

    /** It sent frames on a connection that was to carry HTTP/1.1, or takes no TLS for HTTP/1.1. */
    public void refusedHttp1() {
        known = Known.HTTP2;
    }

    /** It closed a new connection without a response to a request in HTTP/1.1. */
    public void closedHttp1() {
        if (known == Known.NOTHING) {
            known = Known.PERHAPS_HTTP2;
        }
    }

    /** A connection of HTTP/2 is open. */
    public void tookHttp2() {
        if (known == Known.PERHAPS_HTTP2) {
            known = Known.LIKELY_HTTP2;
        }
    }

    /** It did not answer the preface of HTTP/2 in its own. */
    public void refusedHttp2() {
        if (known != Known.NOTHING) {
            known = Known.HTTP1;
        }
    }

    /** The last connection is closed: the next may find another process. */
    public void closed() {
        if (known == Known.HTTP1) {
            known = Known.NOTHING;
        }
    }

    /** It went away. */
    public void forget() {
        if (known != Known.NOTHING) {
            known = Known.NOTHING;
        }
    }
}
