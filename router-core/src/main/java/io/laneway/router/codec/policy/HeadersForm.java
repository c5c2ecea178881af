package io.laneway.router.codec.policy;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Read;
import io.laneway.router.document.form.Types;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.HeaderRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The forms of the parts of a policy about headers: header rules and CORS. */
public final class HeadersForm {

    private static final List<String> USUAL = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final Key<HeaderRules.Edit, Map<String, String>> SET = Key.optional(
                    "set", Types.TEXT_MAP, HeaderRules.Edit::set)
            .or(Map.of())
            .doc("Replaces what is there");
    private static final Key<HeaderRules.Edit, Map<String, String>> ADD = Key.optional(
                    "add", Types.TEXT_MAP, HeaderRules.Edit::add)
            .or(Map.of())
            .doc("Beside what is there");
    private static final Key<HeaderRules.Edit, List<String>> REMOVE = Key.optional(
                    "remove", Types.TEXTS.labelled("list of names"), HeaderRules.Edit::remove)
            .or(List.of())
            .doc("Done first, then `set`, then `add`");

    static final Form<HeaderRules.Edit> EDIT = Form.of(
            "HeaderEdit",
            "",
            read -> new HeaderRules.Edit(read.of(SET), read.of(ADD), read.of(REMOVE)),
            List.of(SET, ADD, REMOVE));

    private static final Key<HeaderRules, HeaderRules.Edit> REQUEST =
            Key.optional("request", EDIT.type(), HeaderRules::request).or(HeaderRules.Edit.NONE);
    private static final Key<HeaderRules, HeaderRules.Edit> RESPONSE =
            Key.optional("response", EDIT.type(), HeaderRules::response).or(HeaderRules.Edit.NONE);

    /** Changes to the headers of requests and responses. */
    public static final Form<HeaderRules> RULES = Form.of(
            "HeaderRules",
            "",
            read -> new HeaderRules(read.of(REQUEST), read.of(RESPONSE)),
            List.of(REQUEST, RESPONSE));

    private static final Key<Cors, List<String>> ORIGINS = Key.ruled("origins", Types.TEXTS, Cors::origins)
            .doc("Such as `https://shop.example.com`, `https://*.example.com`; `*` for any");
    private static final Key<Cors, List<String>> METHODS =
            Key.optional("methods", Types.TEXTS, Cors::methods).or(USUAL).doc("`*` is whatever was asked for");
    private static final Key<Cors, List<String>> HEADERS =
            Key.optional("headers", Types.TEXTS, Cors::headers).or(List.of("*")).doc("`*` is whatever was asked for");
    private static final Key<Cors, Boolean> CREDENTIALS =
            Key.optional("credentials", Types.BOOLEAN, Cors::credentials).or(false);
    private static final Key<Cors, Duration> MAX_AGE =
            Key.optional("maxAge", Types.DURATION, Cors::maxAge).or(Duration.ofMinutes(10));

    private static final Key<Cors, List<String>> EXPOSE = Key.optional("expose", Types.TEXTS, Cors::expose)
            .or(List.of())
            .doc("Response headers that pages may read beside the gateway's own");
    private static final Key<Cors, Boolean> RESPONSES = Key.optional("responses", Types.BOOLEAN, Cors::responses)
            .or(false)
            .doc("On the service's responses too, in place of what it says itself");

    /** What pages of other origins may do. */
    public static final Form<Cors> CORS = Form.of(
                    "Cors",
                    "",
                    read -> new Cors(
                            read.of(ORIGINS),
                            read.of(METHODS),
                            read.of(HEADERS),
                            read.of(CREDENTIALS),
                            read.of(MAX_AGE),
                            read.of(EXPOSE),
                            read.of(RESPONSES)),
                    List.of(ORIGINS, METHODS, HEADERS, CREDENTIALS, MAX_AGE, EXPOSE, RESPONSES))
            .where(HeadersForm::someOrigin);

    private HeadersForm() {}

    private static void someOrigin(Fields fields, Read<Cors> read) {
        List<String> origins = read.orNull(ORIGINS);
        if (origins == null || origins.isEmpty()) {
            fields.problem(
                    ORIGINS.name(), "no origin", "at least one origin, such as https://shop.example.com, or '*'");
        }
    }
}
