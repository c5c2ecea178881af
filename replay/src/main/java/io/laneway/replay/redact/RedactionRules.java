package io.laneway.replay.redact;

import io.laneway.replay.json.JsonPath;
import java.util.List;

/**
 * What is redacted beyond what always is ({@code Authorization}, {@code Cookie}, {@code Set-Cookie}, names that say that
 * they are secrets, and well-known shapes). Immutable.
 *
 * @param headers names of headers, trailers and gRPC metadata
 * @param query names of query parameters
 * @param form names of fields of forms
 * @param json paths such as {@code $.user.ssn}, {@code $..card}, {@code $.items[*].iban}
 * @param keep names that only look as if they were secrets; of any of these kinds, and of cookies
 */
public record RedactionRules(
        List<String> headers, List<String> query, List<String> form, List<String> json, List<String> keep) {

    /** Nothing beyond what always is. */
    public static final RedactionRules DEFAULT =
            new RedactionRules(List.of(), List.of(), List.of(), List.of(), List.of());

    /**
     * Rules.
     *
     * @throws IllegalArgumentException if a path is none
     */
    public RedactionRules {
        headers = List.copyOf(headers);
        query = List.copyOf(query);
        form = List.copyOf(form);
        json = List.copyOf(json);
        keep = List.copyOf(keep);
        json.forEach(JsonPath::parse);
    }
}
