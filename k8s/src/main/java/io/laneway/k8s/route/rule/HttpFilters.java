package io.laneway.k8s.route.rule;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPPathModifier;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRequestRedirectFilter;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteFilter;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPURLRewriteFilter;
import io.laneway.router.model.route.Rewrite;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.model.route.RouteMirror;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.HeaderRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the filters of a rule of an HTTPRoute. Confined to one thread; one for each rule. */
final class HttpFilters {

    private static final int FOUND = 302;

    private final HeaderFilters headers = new HeaderFilters();
    private final Backends backends;
    private final Verdict verdict;
    private final List<RouteMirror> mirrors = new ArrayList<>();
    private @Nullable Cors cors;
    private @Nullable Redirect redirect;
    private @Nullable Rewrite rewrite;
    private final LaneFilter lane;

    private HttpFilters(Backends backends, Verdict verdict) {
        this.backends = backends;
        this.verdict = verdict;
        this.lane = new LaneFilter(backends);
    }

    static Rule.Filters read(String path, List<HTTPRouteFilter> filters, Backends backends, Verdict verdict) {
        HttpFilters all = new HttpFilters(backends, verdict);
        for (int i = 0; i < filters.size(); i++) {
            String at = path + ".filters[" + i + "]";
            try {
                all.take(at, filters.get(i));
            } catch (IllegalArgumentException e) {
                verdict.unsupported(at, String.valueOf(e.getMessage()));
            }
        }
        if (all.redirect != null && all.rewrite != null) {
            verdict.unsupported(path + ".filters", "RequestRedirect beside URLRewrite (expected: one of them)");
            return all.filters(null);
        }
        return all.filters(all.rewrite);
    }

    /** The filters of one backend, which may change headers and the target, and nothing else. */
    static Rule.Filters ofBackend(String path, List<HTTPRouteFilter> filters, Backends backends, Verdict verdict) {
        for (int i = 0; i < filters.size(); i++) {
            HTTPRouteFilter one = filters.get(i);
            if (one.getRequestHeaderModifier() == null
                    && one.getResponseHeaderModifier() == null
                    && one.getUrlRewrite() == null) {
                verdict.unsupported(
                        path + ".filters[" + i + "]",
                        one.getType() + " (expected: RequestHeaderModifier, ResponseHeaderModifier or URLRewrite, or in"
                                + " the rule)");
                return Rule.Filters.NONE;
            }
        }
        return filters.isEmpty() ? Rule.Filters.NONE : read(path, filters, backends, verdict);
    }

    private Rule.Filters filters(@Nullable Rewrite rewritten) {
        return new Rule.Filters(redirect, rewritten, rules(), mirrors, cors, lane.lane(), lane.found());
    }

    private HeaderRules rules() {
        return new HeaderRules(headers.request(), headers.response());
    }

    private void take(String at, HTTPRouteFilter filter) {
        if (filter.getRequestHeaderModifier() != null) {
            headers.request(at, filter.getRequestHeaderModifier(), verdict);
        } else if (filter.getResponseHeaderModifier() != null) {
            headers.response(at, filter.getResponseHeaderModifier(), verdict);
        } else if (filter.getUrlRewrite() != null && rewrite == null) {
            rewrite = rewrite(filter.getUrlRewrite());
        } else if (filter.getRequestRedirect() != null && redirect == null) {
            redirect = redirect(filter.getRequestRedirect());
        } else if (filter.getRequestMirror() != null) {
            RouteMirror mirror = backends.mirror(at + ".requestMirror", filter.getRequestMirror());
            if (mirror != null) {
                mirrors.add(mirror);
            }
        } else if (filter.getCors() != null && cors == null) {
            cors = CorsFilters.read(at + ".cors", filter.getCors(), verdict);
        } else if (filter.getExtensionRef() != null && lane.isFree()) {
            lane.take(at + ".extensionRef", filter.getExtensionRef());
        } else {
            verdict.unsupported(
                    at,
                    filter.getType() + " (expected: RequestMirror, and each once RequestHeaderModifier,"
                            + " ResponseHeaderModifier, URLRewrite, RequestRedirect, CORS or ExtensionRef)");
        }
    }

    private static Rewrite rewrite(HTTPURLRewriteFilter filter) {
        HTTPPathModifier path = path(filter.getPath());
        return new Rewrite(
                filter.getHostname(),
                path == null ? null : path.getReplaceFullPath(),
                path == null ? null : prefix(path.getReplacePrefixMatch()));
    }

    private static Redirect redirect(HTTPRequestRedirectFilter filter) {
        HTTPPathModifier path = path(filter.getPath());
        return new Redirect(
                filter.getStatusCode() == null ? FOUND : filter.getStatusCode(),
                filter.getScheme(),
                filter.getHostname(),
                filter.getPort(),
                path == null ? null : path.getReplaceFullPath(),
                path == null ? null : prefix(path.getReplacePrefixMatch()));
    }

    private static @Nullable HTTPPathModifier path(@Nullable HTTPPathModifier path) {
        if (path != null && path.getReplaceFullPath() == null && path.getReplacePrefixMatch() == null) {
            throw new IllegalArgumentException(
                    "path: " + path.getType() + " (expected: replaceFullPath or replacePrefixMatch)");
        }
        return path;
    }

    /** An empty prefix is a slash to the Gateway API. */
    private static @Nullable String prefix(@Nullable String text) {
        return text != null && text.isEmpty() ? "/" : text;
    }
}
