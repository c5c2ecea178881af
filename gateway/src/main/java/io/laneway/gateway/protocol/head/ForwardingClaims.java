package io.laneway.gateway.protocol.head;

import java.util.List;

/**
 * The names by which proxies, load balancers and CDNs pass on to applications what only they can know: who called, from
 * where, by which scheme, host and path, and with which client certificate. Frameworks and application servers read
 * them by default or by a switch, so that an outside client that sends them is taken for another one, or reaches
 * another page. Names with underscores are these with another hyphen. Immutable.
 */
final class ForwardingClaims {

    /** Beginnings of names that are claims whatever follows. */
    static final List<String> FAMILIES = List.of(
            "client-cert-",
            "cloudfront-",
            "fly-forwarded-",
            "ssl-client-",
            "x-amzn-mtls-",
            "x-appengine-",
            "x-client-cert-",
            "x-envoy-",
            "x-forwarded-",
            "x-original-",
            "x-ssl-client-",
            "x-tls-client-",
            "x-vercel-");

    private static final List<String> SOURCES = List.of(
            "ali-cdn-real-ip",
            "cdn-real-ip",
            "cdn-src-ip",
            "cf-connecting-ip",
            "cf-connecting-ipv6",
            "cf-ipcountry",
            "cf-pseudo-ipv4",
            "client-ip",
            "do-connecting-ip",
            "eo-client-ip",
            "eo-connecting-ip",
            "fastly-client",
            "fastly-client-ip",
            "fastly-temp-xff",
            "fly-client-ip",
            "forwarded-for",
            "forwarded-for-ip",
            "http-client-ip",
            "http-x-forwarded-for",
            "incap-client-ip",
            "proxy-client-ip",
            "remote-addr",
            "remote-host",
            "true-client-ip",
            "wl-proxy-client-ip",
            "x-azure-clientip",
            "x-azure-socketip",
            "x-cdn-real-ip",
            "x-client-ip",
            "x-client-port",
            "x-cluster-client-ip",
            "x-edge-client-ip",
            "x-forwarded",
            "x-http-client-ip",
            "x-nf-client-connection-ip",
            "x-originating-ip",
            "x-proxyuser-ip",
            "x-real-port",
            "x-remote-addr",
            "x-remote-host",
            "x-remote-ip",
            "x-remote-port",
            "x-shopify-client-ip",
            "x-source-ip",
            "x-sucuri-client-ip",
            "x-sucuri-clientip",
            "x-true-client-ip");

    private static final List<String> SCHEMES = List.of(
            "cf-visitor",
            "fastly-ssl",
            "front-end-https",
            "https",
            "wl-proxy-ssl",
            "x-appservice-proto",
            "x-arr-ssl",
            "x-cdn-scheme",
            "x-client-proto",
            "x-proto",
            "x-scheme",
            "x-ssl",
            "x-url-scheme");

    private static final List<String> HOSTS = List.of(
            "host-override",
            "proxy",
            "proxy-host",
            "x-host",
            "x-host-override",
            "x-http-host-override",
            "x-proxy-host",
            "x-server-name",
            "x-server-port");

    private static final List<String> PATHS = List.of(
            "path-info",
            "script-name",
            "x-accel-mapping",
            "x-context-path",
            "x-ingress-path",
            "x-path-info",
            "x-proxy-url",
            "x-replaced-path",
            "x-request-uri",
            "x-rewrite-url",
            "x-script-name",
            "x-sendfile-type",
            "x-waws-unencoded-url");

    private static final List<String> CERTIFICATES = List.of(
            "client-cert",
            "client-verify",
            "ssl-cert",
            "ssl-client",
            "wl-proxy-client-cert",
            "x-arr-clientcert",
            "x-client-cert",
            "x-client-certificate",
            "x-client-dn",
            "x-client-verify",
            "x-ssl-cert",
            "x-ssl-client",
            "x-ssl-subject",
            "x-ssl-issuer",
            "x-tls-cert",
            "x-client-subject",
            "x-client-s-dn");

    /** Single names. */
    static final List<String> NAMES = List.of(SOURCES, SCHEMES, HOSTS, PATHS, CERTIFICATES).stream()
            .flatMap(List::stream)
            .toList();

    private ForwardingClaims() {}
}
