package io.laneway.replay.redact;

import io.laneway.replay.json.JsonPath;
import java.util.List;

/** What rules name, read once for all records. Confined to one thread. */
final class NamedSecrets {

    private final SecretNames headers;
    private final SecretNames query;
    private final SecretNames form;
    private final SecretNames usual;
    private final List<JsonPath> json;

    NamedSecrets(RedactionRules rules) {
        this.headers = new SecretNames(rules.headers(), rules.keep());
        this.query = new SecretNames(rules.query(), rules.keep());
        this.form = new SecretNames(rules.form(), rules.keep());
        this.usual = new SecretNames(List.of(), rules.keep());
        this.json = rules.json().stream().map(JsonPath::parse).toList();
    }

    SecretNames headers() {
        return headers;
    }

    SecretNames query() {
        return query;
    }

    SecretNames form() {
        return form;
    }

    /** Where rules have no names of their own: members, cookies and prose. */
    SecretNames usual() {
        return usual;
    }

    List<JsonPath> json() {
        return json;
    }
}
