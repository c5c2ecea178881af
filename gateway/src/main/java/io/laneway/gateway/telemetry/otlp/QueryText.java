package io.laneway.gateway.telemetry.otlp;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The query of a URL without the values that are secrets by their names. Stateless. */
final class QueryText {

    private static final String REDACTED = "REDACTED";

    /** Of signed URLs, as the semantic conventions list them, and what is called a key. */
    private static final Set<String> SECRETS = Set.of("awsaccesskeyid", "sig", "key", "lane-key", "code");

    /** A name with one of these in it. */
    private static final List<String> WORDS =
            List.of("token", "secret", "passw", "api-key", "api_key", "apikey", "signature", "credential", "session");

    private QueryText() {}

    /** A query, without its question mark. */
    static String redacted(String query) {
        StringBuilder text = new StringBuilder(query.length());
        int at = 0;
        while (at <= query.length()) {
            int end = query.indexOf('&', at);
            end = end < 0 ? query.length() : end;
            int equals = query.indexOf('=', at);
            if (equals >= 0 && equals < end && isSecret(query.substring(at, equals))) {
                text.append(query, at, equals + 1).append(REDACTED);
            } else {
                text.append(query, at, end);
            }
            if (end < query.length()) {
                text.append('&');
            }
            at = end + 1;
        }
        return text.toString();
    }

    private static boolean isSecret(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        if (SECRETS.contains(plain)) {
            return true;
        }
        for (String word : WORDS) {
            if (plain.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
