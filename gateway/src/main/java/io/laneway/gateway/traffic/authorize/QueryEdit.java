package io.laneway.gateway.traffic.authorize;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.router.text.Slice;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Changes that an authorizer wants of a request's query. Immutable. */
final class QueryEdit {

    private final Set<String> gone;
    private final List<String> added = new ArrayList<>();

    /**
     * @param set     parameters by name, in place of those of that name
     * @param removed names of parameters
     */
    QueryEdit(Map<String, String> set, List<String> removed) {
        this.gone = new HashSet<>(removed);
        gone.addAll(set.keySet());
        set.forEach((name, value) -> added.add(encode(name) + "=" + encode(value)));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    void apply(RequestHead head) {
        Slice slice = new Slice();
        head.target(slice);
        String target = slice.toString();
        int mark = target.indexOf('?');
        List<String> left = new ArrayList<>();
        for (String part : mark < 0 ? new String[0] : target.substring(mark + 1).split("&", -1)) {
            if (!part.isEmpty() && !gone.contains(name(part))) {
                left.add(part);
            }
        }
        left.addAll(added);
        String path = mark < 0 ? target : target.substring(0, mark);
        String whole = left.isEmpty() ? path : path + "?" + String.join("&", left);
        head.replaceTarget(whole);
    }

    private static String name(String part) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    /** Bytes that it takes, about. */
    int size() {
        return 128 + added.stream().mapToInt(String::length).sum() + 64 * gone.size();
    }
}
