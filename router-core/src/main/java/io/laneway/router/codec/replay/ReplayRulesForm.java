package io.laneway.router.codec.replay;

import io.laneway.router.document.fields.Values;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Type;
import io.laneway.router.document.form.Types;
import io.laneway.router.document.form.Words;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.replay.Amount;
import io.laneway.router.model.replay.CarriedValue;
import io.laneway.router.model.replay.IgnoredPlace;
import io.laneway.router.model.replay.PairedItems;
import io.laneway.router.model.replay.PlacePattern;
import io.laneway.router.model.replay.ReplayRules;
import io.laneway.router.model.replay.ToleratedPlace;
import io.laneway.router.model.replay.ValuePlace;
import io.laneway.router.model.replay.ValuePlace.Kind;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The form of the rules of replays: of the file of a team, and of what the control API is sent. */
public final class ReplayRulesForm {

    private static final String[] FACETS = {"status", "type", "size", "value", "number", "time", "format", "order"};

    private static final Type<Amount> AMOUNT = new Type<>(
            Amount.EXPECTED,
            "number or percentage",
            json -> json.writeStringField("type", "string"),
            ReplayRulesForm::amount,
            (json, amount) -> json.writeString(amount.text()));

    private static final Key<IgnoredPlace, String> IGNORED_ENDPOINT = endpoint(IgnoredPlace::place);
    private static final Key<IgnoredPlace, String> IGNORED_PATH = path(IgnoredPlace::place);
    private static final Key<IgnoredPlace, String> FACET =
            Key.optional("facet", Words.one(FACETS, facet -> facet), IgnoredPlace::facet);
    private static final Form<IgnoredPlace> IGNORED = Form.of(
            "IgnoredPlace",
            "A place that is not compared",
            read -> new IgnoredPlace(
                    new PlacePattern(read.of(IGNORED_ENDPOINT), read.of(IGNORED_PATH)), read.orNull(FACET)),
            List.of(IGNORED_ENDPOINT, IGNORED_PATH, FACET));

    private static final Key<ToleratedPlace, String> TOLERATED_ENDPOINT = endpoint(ToleratedPlace::place);
    private static final Key<ToleratedPlace, String> TOLERATED_PATH = path(ToleratedPlace::place);
    private static final Key<ToleratedPlace, Amount> NUMBER = Key.optional("number", AMOUNT, ToleratedPlace::number);
    private static final Key<ToleratedPlace, Duration> TIME =
            Key.optional("time", Types.DURATION, ToleratedPlace::time).or(Duration.ZERO);
    private static final Form<ToleratedPlace> TOLERATED = Form.of(
            "ToleratedPlace",
            "A place whose numbers or times may differ",
            read -> new ToleratedPlace(
                    new PlacePattern(read.of(TOLERATED_ENDPOINT), read.of(TOLERATED_PATH)),
                    read.orNull(NUMBER),
                    read.of(TIME)),
            List.of(TOLERATED_ENDPOINT, TOLERATED_PATH, NUMBER, TIME));

    private static final Key<PairedItems, String> PAIRED_ENDPOINT = endpoint(PairedItems::place);
    private static final Key<PairedItems, String> PAIRED_PATH = path(PairedItems::place);
    private static final Key<PairedItems, String> KEY = Key.required("key", Types.TEXT, PairedItems::key);
    private static final Form<PairedItems> PAIRED = Form.of(
            "PairedItems",
            "How the items of a list are paired",
            read -> new PairedItems(new PlacePattern(read.of(PAIRED_ENDPOINT), read.of(PAIRED_PATH)), read.of(KEY)),
            List.of(PAIRED_ENDPOINT, PAIRED_PATH, KEY));

    private static final Kind[] TAKEN = {Kind.HEADER, Kind.COOKIE, Kind.JSON, Kind.LOCATION};
    private static final Kind[] PUTS = {Kind.HEADER, Kind.COOKIE, Kind.QUERY, Kind.PATH, Kind.JSON, Kind.FORM};
    private static final Key<CarriedValue, String> FROM = Key.required("from", Types.TEXT, CarriedValue::from);
    private static final Key<CarriedValue, ValuePlace> TAKE = Key.required("take", place(TAKEN), CarriedValue::take);
    private static final Key<CarriedValue, String> IN =
            Key.optional("in", Types.TEXT, CarriedValue::in).or(CarriedValue.ANY);
    private static final Key<CarriedValue, List<ValuePlace>> PUT =
            Key.required("put", Types.list(place(PUTS)), CarriedValue::put);
    private static final Key<CarriedValue, Boolean> SHARED =
            Key.optional("shared", Types.BOOLEAN, CarriedValue::shared).or(false);
    private static final Key<CarriedValue, Boolean> ALWAYS =
            Key.optional("always", Types.BOOLEAN, CarriedValue::always).or(false);
    private static final Form<CarriedValue> CARRIED = Form.of(
            "CarriedValue",
            "A value that a response gives and later requests have again",
            read -> new CarriedValue(
                    read.of(FROM), read.of(TAKE), read.of(IN), read.of(PUT), read.of(SHARED), read.of(ALWAYS)),
            List.of(FROM, TAKE, IN, PUT, SHARED, ALWAYS));

    private static final Key<ReplayRules, List<IgnoredPlace>> IGNORE = Key.optional(
                    "ignore", Types.list(IGNORED.type()), ReplayRules::ignore)
            .or(List.of());
    private static final Key<ReplayRules, List<ToleratedPlace>> TOLERANCES = Key.optional(
                    "tolerances", Types.list(TOLERATED.type()), ReplayRules::tolerances)
            .or(List.of());
    private static final Key<ReplayRules, List<PairedItems>> LISTS =
            Key.optional("lists", Types.list(PAIRED.type()), ReplayRules::lists).or(List.of());

    private static final Key<ReplayRules, List<CarriedValue>> VALUES = Key.optional(
                    "values", Types.list(CARRIED.type()), ReplayRules::values)
            .or(List.of());

    /** All rules of a file. */
    public static final Form<ReplayRules> FORM = Form.of(
            "ReplayRules",
            "What a team says of the requests and responses of its services",
            read -> new ReplayRules(read.of(IGNORE), read.of(TOLERANCES), read.of(LISTS), read.of(VALUES)),
            List.of(IGNORE, TOLERANCES, LISTS, VALUES));

    private ReplayRulesForm() {}

    private static <T> Key<T, String> endpoint(Function<T, PlacePattern> place) {
        return Key.<T, String>optional(
                        "endpoint", Types.TEXT, rule -> place.apply(rule).endpoint())
                .or(PlacePattern.ANY);
    }

    private static <T> Key<T, String> path(Function<T, PlacePattern> place) {
        return Key.required("path", Types.TEXT, rule -> place.apply(rule).path());
    }

    private static Type<ValuePlace> place(Kind[] kinds) {
        return Words.keyed(kinds, Kind::word, ValuePlace::new, ValuePlace::kind, ValuePlace::text);
    }

    private static @Nullable Amount amount(Node node, Problems problems) {
        String text = Values.scalar(node, problems);
        Amount amount = text == null ? null : Amount.parse(text);
        if (text != null && amount == null) {
            problems.add(node, "'" + text + "'", Amount.EXPECTED);
        }
        return amount;
    }
}
