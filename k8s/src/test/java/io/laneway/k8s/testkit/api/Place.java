package io.laneway.k8s.testkit.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What a path of the API names. Immutable.
 *
 * @param collection such as {@code /api/v1/services}
 * @param namespace  empty for all, and for what has none
 * @param name       empty for the collection
 * @param sub        such as {@code status}; empty for the object itself
 */
record Place(String collection, String namespace, String name, String sub, Map<String, String> query) {

    static Place of(String path, String rawQuery) {
        String[] all = path.substring(1).split("/");
        int at = all[0].equals("api") ? 2 : 3;
        String base = "/" + String.join("/", java.util.Arrays.copyOf(all, Math.min(at, all.length)));
        String namespace = "";
        if (all.length > at + 2 && all[at].equals("namespaces")) {
            namespace = all[at + 1];
            at += 2;
        }
        String plural = all.length > at ? all[at] : "";
        Map<String, String> query = new HashMap<>();
        if (rawQuery != null) {
            for (String one : rawQuery.split("&")) {
                int equals = one.indexOf('=');
                if (equals > 0) {
                    query.put(
                            one.substring(0, equals),
                            URLDecoder.decode(one.substring(equals + 1), StandardCharsets.UTF_8));
                }
            }
        }
        return new Place(
                base + "/" + plural,
                namespace,
                all.length > at + 1 ? all[at + 1] : "",
                all.length > at + 2 ? all[at + 2] : "",
                query);
    }

    String key() {
        return namespace + "/" + name;
    }

    String plural() {
        return collection.substring(collection.lastIndexOf('/') + 1);
    }
}
