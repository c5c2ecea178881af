package io.laneway.xds.resource;

import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatchAndSubstitute;

/** What an Envoy makes of paths and of the places to which it redirects, written down slowly from its source. */
final class EnvoyPaths {

    private EnvoyPaths() {}

    /** What an endpoint gets. */
    static String target(RouteAction action, Ask ask) {
        return action.hasRegexRewrite() ? rewritten(action.getRegexRewrite(), ask) : ask.target();
    }

    /** Where a client is sent, with the scheme {@code http} where none is named. */
    static String location(RedirectAction action, Ask ask) {
        String scheme = action.getSchemeRedirect().isEmpty() ? "http" : action.getSchemeRedirect();
        String port = action.getPortRedirect() == 0 ? "" : ":" + action.getPortRedirect();
        String own = action.getPortRedirect() == 0 ? ask.host() : ask.host().replaceFirst(":[0-9]+$", "");
        String host = action.getHostRedirect().isEmpty() ? own : action.getHostRedirect();
        String path = action.hasRegexRewrite() ? rewritten(action.getRegexRewrite(), ask) : ask.target();
        return action.getResponseCode().getNumber() + " " + scheme + "://" + host + port + path;
    }

    private static String rewritten(RegexMatchAndSubstitute rewrite, Ask ask) {
        return substituted(rewrite, ask.path())
                + ask.target().substring(ask.path().length());
    }

    static String substituted(RegexMatchAndSubstitute rewrite, String value) {
        String java = rewrite.getSubstitution().replace("$", "\\$").replaceAll("(?<!\\\\)\\\\([0-9])", "\\$$1");
        return value.replaceAll(rewrite.getPattern().getRegex(), java);
    }
}
