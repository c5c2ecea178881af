package io.laneway.router.codec;

import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Types;
import io.laneway.router.model.Carriers;
import java.util.List;
import java.util.function.Function;

/** The form of the carriers: each kind that a document names replaces its default. */
final class CarriersForm {

    private static final Key<Carriers, List<String>> HEADER = names("header", Carriers::header);
    private static final Key<Carriers, List<String>> QUERY = names("query", Carriers::query);
    private static final Key<Carriers, List<String>> COOKIE = names("cookie", Carriers::cookie);
    private static final Key<Carriers, List<String>> BAGGAGE = names("baggage", Carriers::baggage);
    private static final Key<Carriers, List<String>> HOST =
            names("host", Carriers::host).doc("Patterns with `{lane}` once, such as `app-{lane}.example.com`");

    static final Form<Carriers> FORM = Form.of(
            "Carriers",
            "Where requests carry their lane; a kind that is absent has its default",
            read -> new Carriers(read.of(HEADER), read.of(QUERY), read.of(COOKIE), read.of(BAGGAGE), read.of(HOST)),
            List.of(HEADER, QUERY, COOKIE, BAGGAGE, HOST));

    private CarriersForm() {}

    private static Key<Carriers, List<String>> names(String key, Function<Carriers, List<String>> names) {
        return Key.optional(key, Types.TEXTS, names).or(names.apply(Carriers.DEFAULT));
    }
}
