package io.laneway.k8s.imports.envoy;

import io.laneway.k8s.imports.source.Tracked;
import io.laneway.router.policy.HeaderRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Headers that a route, its virtual host and its configuration add and remove, as one set of rules. Confined to one
 * thread. Values with variables, and additions that depend on what is there, stay to be named.
 */
final class HeaderEdits {

    private final Map<String, String> set = new LinkedHashMap<>();
    private final Map<String, String> add = new LinkedHashMap<>();
    private final List<String> remove = new ArrayList<>();

    /** The rules of these places, the most specific first. */
    static HeaderRules of(List<Tracked> places) {
        HeaderEdits request = new HeaderEdits();
        HeaderEdits response = new HeaderEdits();
        for (Tracked place : places) {
            request.read(place, "request_headers_to_add", "request_headers_to_remove");
            response.read(place, "response_headers_to_add", "response_headers_to_remove");
        }
        return new HeaderRules(request.edit(), response.edit());
    }

    private HeaderRules.Edit edit() {
        return new HeaderRules.Edit(set, add, remove);
    }

    private void read(Tracked place, String added, String removed) {
        place.items(removed).forEach(name -> remove.add(name.text()));
        for (Tracked one : place.items(added)) {
            String name = one.peek("header", "key");
            String value = one.peek("header", "value");
            if (name == null || value == null || value.replace("%%", "").contains("%") || name.startsWith(":")) {
                continue;
            }
            String action = one.peek("append_action");
            boolean append = !"false".equals(one.peek("append"));
            boolean over = "OVERWRITE_IF_EXISTS_OR_ADD".equals(action) || (action == null && !append);
            boolean beside = "APPEND_IF_EXISTS_OR_ADD".equals(action) || (action == null && append);
            Map<String, String> into = over ? set : add;
            if ((over || beside) && into.putIfAbsent(name, value.replace("%%", "%")) == null) {
                one.ignore("append", "append_action");
                one.text("header", "key");
                one.text("header", "value");
            }
        }
    }
}
