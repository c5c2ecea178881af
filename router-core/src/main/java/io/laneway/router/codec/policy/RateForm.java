package io.laneway.router.codec.policy;

import io.laneway.router.document.fields.EnumWord;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Numbers;
import io.laneway.router.document.form.Read;
import io.laneway.router.document.form.Types;
import io.laneway.router.document.form.Words;
import io.laneway.router.policy.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The form of a rate limit. */
final class RateForm {

    private static final int MAX = Integer.MAX_VALUE;
    private static final String HEADER = "header:";

    /** What is counted apart, as one text. */
    private record Counted(Rate.Key key, String header) {

        static Counted parse(String text) {
            String header =
                    text.startsWith(HEADER) ? text.substring(HEADER.length()).strip() : "";
            for (Rate.Key key : Rate.Key.values()) {
                if (key != Rate.Key.HEADER && EnumWord.of(key).equals(text)) {
                    return new Counted(key, "");
                }
            }
            if (header.isEmpty()) {
                throw new IllegalArgumentException("'" + text + "' (expected: tenant, lane, source or header:<name>)");
            }
            return new Counted(Rate.Key.HEADER, header);
        }

        @Override
        public String toString() {
            return key == Rate.Key.HEADER ? HEADER + header : EnumWord.of(key);
        }
    }

    private static final Key<Rate, Integer> REQUESTS =
            Key.required("requests", Numbers.integer(1, MAX), Rate::requests);
    private static final Key<Rate, Duration> PER =
            Key.optional("per", Types.DURATION, Rate::per).or(Duration.ofSeconds(1));
    private static final Key<Rate, Integer> BURST = Key.optional(
                    "burst",
                    Numbers.integer(1, MAX),
                    (Rate rate) -> rate.burst() == rate.requests() ? null : (Integer) rate.burst())
            .absent("as `requests`");
    private static final Key<Rate, Counted> KEY = Key.required(
                    "key",
                    Types.parsed("`tenant`, `lane`, `source`, `header:<name>`", Counted::parse),
                    (Rate rate) -> new Counted(rate.key(), rate.header()))
            .doc("What is counted apart: tenant, lane, source or header:NAME");

    private static final Key<Rate, Rate.Scope> SCOPE = Key.optional(
                    "scope", Words.one(Rate.Scope.values(), EnumWord::of), Rate::scope)
            .or(Rate.Scope.GATEWAY)
            .doc("Whether each gateway counts by itself, or all share the rate");

    static final Form<Rate> RATE = Form.of("Rate", "", RateForm::rate, List.of(REQUESTS, PER, BURST, KEY, SCOPE));

    private RateForm() {}

    private static Rate rate(Read<Rate> read) {
        int requests = read.of(REQUESTS);
        int burst = Objects.requireNonNullElse(read.orNull(BURST), requests);
        Counted counted = read.of(KEY);
        return new Rate(requests, read.of(PER), burst, counted.key(), counted.header(), read.of(SCOPE));
    }
}
