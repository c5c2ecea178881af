package io.laneway.router.codec.shift;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.document.fields.Values;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Numbers;
import io.laneway.router.document.form.Read;
import io.laneway.router.document.form.Type;
import io.laneway.router.document.form.Types;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Sequence;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Pins;
import io.laneway.router.model.shift.SlotRange;
import io.laneway.router.model.shift.SlotShare;
import io.laneway.router.unit.Share;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of an environment of a shift, with its pins and slots. */
final class EnvironmentForm {

    private static final int LAST = Share.SLOTS - 1;

    private static final Key<Pins, List<String>> INCLUDE = Key.optional("include", Types.TEXTS, Pins::include)
            .or(List.of())
            .written()
            .doc("Always get this environment; a tenant is included once at most");
    private static final Key<Pins, List<String>> EXCLUDE = Key.optional("exclude", Types.TEXTS, Pins::exclude)
            .or(List.of())
            .written()
            .doc("Never get it: their slot in it means the base lane");

    static final Form<Pins> PINS =
            Form.of("Pins", "", read -> new Pins(read.of(INCLUDE), read.of(EXCLUDE)), List.of(INCLUDE, EXCLUDE));

    private static final Type<List<SlotRange>> SLOTS_TYPE = Types.list(new Type<>(
            "a list of two numbers",
            "`[first, last]`, 0 to " + LAST,
            EnvironmentForm::rangeSchema,
            EnvironmentForm::range,
            (json, range) -> json.writeArray(new int[] {range.first(), range.last()}, 0, 2)));

    private static final Key<Environment, String> LANE = Key.required(
                    "lane", Types.TEXT.labelled("lane name"), Environment::lane)
            .doc("Not the base lane; each once");
    private static final Key<Environment, Share> SHARE =
            Key.required("share", Types.SHARE, Environment::share).doc("Of the tenants; at most 100 % together");
    static final Key<Environment, Pins> TENANTS = Key.optional("tenants", PINS.type(), Environment::tenants)
            .or(Pins.NONE)
            .absent("none");
    private static final Key<Environment, List<SlotRange>> SLOTS = Key.optional("slots", SLOTS_TYPE, Environment::slots)
            .absent("filled from 0 in list order")
            .doc("Ranges of slots in the order taken; one owner each; as many as the share");
    static final Key<Environment, Share> REQUESTS = Key.optional(
                    "requests",
                    Types.SHARE,
                    (Environment one) -> one.requests().equals(SlotShare.NONE)
                            ? null
                            : one.requests().share())
            .or(Share.NONE)
            .written()
            .doc(
                    "The share of requests without a marker and without a tenant, by `x-request-id`; at most 100 % together");
    static final Key<Environment, List<SlotRange>> REQUEST_SLOTS = Key.optional(
                    "requestSlots",
                    SLOTS_TYPE,
                    (Environment one) -> one.requests().equals(SlotShare.NONE)
                            ? null
                            : one.requests().slots())
            .absent("filled from 0 in list order")
            .doc("As `slots`, for `requests`");

    static final Form<Environment> FORM = Form.of(
            "Environment",
            "",
            EnvironmentForm::environment,
            List.of(LANE, SHARE, TENANTS, SLOTS, REQUESTS, REQUEST_SLOTS));

    private EnvironmentForm() {}

    private static Environment environment(Read<Environment> read) {
        SlotShare requests = new SlotShare(read.of(REQUESTS), read.orNull(REQUEST_SLOTS));
        return new Environment(read.of(LANE), read.of(SHARE), read.of(TENANTS), read.orNull(SLOTS), requests);
    }

    private static void rangeSchema(JsonGenerator json) throws IOException {
        json.writeStringField("type", "array");
        json.writeFieldName("items");
        Numbers.integer(0, LAST).schema().item(json);
        json.writeNumberField("minItems", 2);
        json.writeNumberField("maxItems", 2);
    }

    private static @Nullable SlotRange range(Node node, Problems problems) {
        int before = problems.count();
        if (node instanceof Sequence pair && pair.items().size() == 2) {
            Integer first = Values.integer(pair.items().get(0), 0, LAST, problems);
            Integer end = Values.integer(pair.items().get(1), 0, LAST, problems);
            if (first != null && end != null && first <= end) {
                return new SlotRange(first, end);
            }
        }
        if (problems.count() == before) {
            problems.add(node, node.described(), "[first, last] with 0 <= first <= last <= 9999");
        }
        return null;
    }
}
