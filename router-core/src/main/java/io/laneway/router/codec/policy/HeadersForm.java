package io.laneway.router.codec.policy;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.HeaderRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The forms of the parts of a policy about headers: header rules and CORS. */
public final class HeadersForm {

    static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    static final Duration MAX_AGE = Duration.ofMinutes(10);

    private HeadersForm() {}

    public static @Nullable HeaderRules headers(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        HeaderRules.Edit request = fields.object("request", HeadersForm::edit, HeaderRules.Edit.NONE);
        HeaderRules.Edit response = fields.object("response", HeadersForm::edit, HeaderRules.Edit.NONE);
        return fields.build(() -> new HeaderRules(request, response));
    }

    private static HeaderRules.@Nullable Edit edit(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        Map<String, String> set = fields.textMap("set");
        Map<String, String> add = fields.textMap("add");
        List<String> remove = fields.texts("remove");
        return fields.build(() -> new HeaderRules.Edit(set, add, remove));
    }

    static @Nullable Cors cors(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        List<String> origins = fields.texts("origins");
        if (origins.isEmpty()) {
            fields.problem("origins", "no origin", "at least one origin, such as https://shop.example.com, or '*'");
        }
        List<String> methods = fields.texts("methods", METHODS);
        List<String> headers = fields.texts("headers", List.of("*"));
        boolean credentials = fields.bool("credentials", false);
        Duration maxAge = fields.duration("maxAge", MAX_AGE);
        return fields.build(() -> new Cors(origins, methods, headers, credentials, maxAge));
    }
}
