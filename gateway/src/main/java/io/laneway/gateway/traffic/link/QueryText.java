package io.laneway.gateway.traffic.link;

import java.util.Set;

/** Takes parameters off the query of a request target or an address. Stateless. */
final class QueryText {

    private QueryText() {}

    /** The same without parameters of those names; the very same text if there are none. */
    static String without(String target, Set<String> names) {
        int query = target.indexOf('?');
        if (query < 0) {
            return target;
        }
        int fragment = target.indexOf('#', query);
        String rest = fragment < 0 ? "" : target.substring(fragment);
        StringBuilder left = new StringBuilder(target.length());
        boolean removed = false;
        for (String pair :
                target.substring(query + 1, target.length() - rest.length()).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (names.contains((equals < 0 ? pair : pair.substring(0, equals)).strip())) {
                removed = true;
            } else {
                left.append(left.length() == 0 ? '?' : '&').append(pair);
            }
        }
        return removed ? target.substring(0, query) + left + rest : target;
    }
}
