package io.laneway.replay.value;

import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordedResponse;
import java.util.List;
import java.util.function.Predicate;

/** Whether a recorded request has a value that an earlier recorded response gave. Immutable. */
public final class Needs {

    private final List<ValueRule> rules;

    /** @param rules by which responses give values, besides equal places */
    public Needs(List<ValueRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Whether a request has what that response gave, by a rule or as a value that was in nothing before it.
     *
     * @param before what the client sent and got before the giver
     */
    public boolean between(RecordedExchange giver, RecordedRequest later, Iterable<RecordedExchange> before) {
        RecordedResponse response = giver.response();
        if (response == null) {
            return false;
        }
        for (ValueRule rule : rules) {
            if (rule.givenBy(giver.request()) && rule.putInto(later) && put(rule, response, later)) {
                return true;
            }
        }
        Held held = Held.by(later);
        Held asked = Held.by(giver.request());
        boolean[] found = {false};
        ValuePairs.each(response, response, (value, same) -> {
            if (!found[0] && held.has(value) && !asked.has(value)) {
                found[0] = isNew(value, before);
            }
        });
        return found[0];
    }

    private static boolean isNew(String value, Iterable<RecordedExchange> before) {
        for (RecordedExchange earlier : before) {
            if (Held.by(earlier.request()).has(value)
                    || Held.by(earlier.response()).has(value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean put(ValueRule rule, RecordedResponse response, RecordedRequest later) {
        String given = rule.take().of(response);
        Predicate<String> its =
                place -> rule.always() || (given != null && !given.isEmpty() && Words.within(place, given));
        boolean[] found = {false};
        Swap probe = place -> {
            found[0] |= its.test(place);
            return null;
        };
        String text = ClientValues.text(later);
        for (ValueTarget target : rule.put()) {
            later.headers().forEach(field -> target.field(field, probe, new Spans()));
            target.target(later.target(), probe, new Spans());
            if (text != null) {
                target.body(ClientValues.type(later), text, probe, new Spans());
            }
        }
        return found[0];
    }
}
