package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.SupportedFeature;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What of the Gateway API our GatewayClass says that it can do ({@code status.supportedFeatures}), in order. Stateless. */
final class Features {

    /** Gateways with listeners at port 8080: where clients reach that port. */
    private static final String PORT_8080 = "GatewayPort8080";

    private static final int ALTERNATIVE = 8080;

    /** Labels and annotations of Gateways on a Service beside them: where we may make those. */
    private static final String INFRASTRUCTURE = "GatewayInfrastructurePropagation";

    /** The names are those of the Gateway API's own conformance tests. */
    private static final List<SupportedFeature> ALL = Stream.of(
                    "BackendTLSPolicy",
                    "BackendTLSPolicySANValidation",
                    "GRPCRoute",
                    "GRPCRouteNamedRouteRule",
                    "Gateway",
                    "GatewayAddressEmpty",
                    "GatewayFrontendClientCertificateValidation",
                    "GatewayFrontendClientCertificateValidationInsecureFallback",
                    "GatewayHTTPListenerIsolation",
                    "GatewayHTTPSListenerDetectMisdirectedRequests",
                    INFRASTRUCTURE,
                    PORT_8080,
                    "HTTPRoute",
                    "HTTPRoute303RedirectStatusCode",
                    "HTTPRoute307RedirectStatusCode",
                    "HTTPRoute308RedirectStatusCode",
                    "HTTPRouteBackendProtocolH2C",
                    "HTTPRouteBackendProtocolWebSocket",
                    "HTTPRouteBackendRequestHeaderModification",
                    "HTTPRouteBackendTimeout",
                    "HTTPRouteBackendURLRewrite",
                    "HTTPRouteCORS",
                    "HTTPRouteHostRewrite",
                    "HTTPRouteMethodMatching",
                    "HTTPRouteNamedRouteRule",
                    "HTTPRouteParentRefPort",
                    "HTTPRoutePathRedirect",
                    "HTTPRoutePathRewrite",
                    "HTTPRoutePortRedirect",
                    "HTTPRouteQueryParamMatching",
                    "HTTPRouteRequestMirror",
                    "HTTPRouteRequestMultipleMirrors",
                    "HTTPRouteRequestPercentageMirror",
                    "HTTPRouteRequestTimeout",
                    "HTTPRouteResponseHeaderModification",
                    "HTTPRouteSchemeRedirect",
                    "ListenerSet",
                    "ReferenceGrant",
                    "TLSRoute",
                    "TLSRouteModeMixed",
                    "TLSRouteModeTerminate")
            .map(SupportedFeature::new)
            .toList();

    private Features() {}

    /**
     * What our Gateways can do where they are reached like this.
     *
     * @param named whether there can be a Service beside each
     */
    static List<SupportedFeature> of(Edge edge, boolean named) {
        Set<String> missing = new HashSet<>();
        if (edge.own() == null && !edge.reaches("", ALTERNATIVE)) {
            missing.add(PORT_8080);
        }
        if (!named) {
            missing.add(INFRASTRUCTURE);
        }
        return ALL.stream().filter(one -> !missing.contains(one.getName())).toList();
    }
}
