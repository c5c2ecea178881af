package io.laneway.gateway.server.replay;

import io.laneway.replay.json.JsonPath;
import io.laneway.replay.text.Glob;
import io.laneway.replay.value.ValueRule;
import io.laneway.replay.value.ValueSource;
import io.laneway.replay.value.ValueTarget;
import io.laneway.router.model.replay.CarriedValue;
import io.laneway.router.model.replay.ReplayRules;
import io.laneway.router.model.replay.ValuePlace;
import java.util.List;

/** Makes rules of the values that a replay carries of those that a team wrote. Stateless. */
public final class ValueRules {

    private ValueRules() {}

    /** What a replay goes by. */
    public static List<ValueRule> of(ReplayRules rules) {
        return rules.values().stream().map(ValueRules::rule).toList();
    }

    private static ValueRule rule(CarriedValue it) {
        return new ValueRule(
                Glob.of(it.from()),
                source(it.take()),
                Glob.of(it.in()),
                it.put().stream().map(ValueRules::target).toList(),
                it.shared(),
                it.always());
    }

    private static ValueSource source(ValuePlace place) {
        return switch (place.kind()) {
            case HEADER -> new ValueSource.Header(place.text());
            case COOKIE -> new ValueSource.Cookie(place.text());
            case JSON -> new ValueSource.Json(JsonPath.parse(place.text()));
            case LOCATION -> new ValueSource.Location(place.text());
            case QUERY, PATH, FORM ->
                throw new IllegalArgumentException(
                        place.kind().word() + ": responses have none (expected: header, cookie, json or location)");
        };
    }

    private static ValueTarget target(ValuePlace place) {
        return switch (place.kind()) {
            case HEADER -> new ValueTarget.Header(place.text());
            case COOKIE -> new ValueTarget.Cookie(place.text());
            case JSON -> new ValueTarget.Json(JsonPath.parse(place.text()));
            case QUERY -> new ValueTarget.Query(place.text());
            case PATH -> new ValueTarget.Path(place.text());
            case FORM -> new ValueTarget.Form(place.text());
            case LOCATION ->
                throw new IllegalArgumentException(
                        "location: requests have none (expected: header, cookie, query, path, json or form)");
        };
    }
}
