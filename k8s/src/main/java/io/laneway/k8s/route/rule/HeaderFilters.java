package io.laneway.k8s.route.rule;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPHeader;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPHeaderFilter;
import io.laneway.router.policy.HeaderRules.Edit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the header filters of a rule, of which each direction may have one. Confined to one thread. */
final class HeaderFilters {

    private Edit request = Edit.NONE;
    private Edit response = Edit.NONE;

    void request(String path, HTTPHeaderFilter filter, Verdict verdict) {
        once(path, request, verdict);
        request = edit(filter);
    }

    void response(String path, HTTPHeaderFilter filter, Verdict verdict) {
        once(path, response, verdict);
        response = edit(filter);
    }

    Edit request() {
        return request;
    }

    Edit response() {
        return response;
    }

    private static void once(String path, Edit before, Verdict verdict) {
        if (!before.isEmpty()) {
            verdict.unsupported(path, "a second one of its type (expected: one)");
        }
    }

    private static Edit edit(HTTPHeaderFilter filter) {
        return new Edit(map(filter.getSet()), map(filter.getAdd()), new ArrayList<>(filter.getRemove()));
    }

    private static Map<String, String> map(List<HTTPHeader> headers) {
        Map<String, String> map = new LinkedHashMap<>();
        headers.forEach(one -> map.putIfAbsent(one.getName(), one.getValue()));
        return map;
    }
}
