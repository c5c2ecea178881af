package io.laneway.control.question;

import io.laneway.control.http.Call;
import io.laneway.control.table.Refusal;
import io.laneway.router.decision.Reason;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.unit.Share;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which requests a tail shows: all that meet each condition. Checked here, compiled by each gateway. Stateless.
 */
final class TailFilter {

    /** As a route's template takes them. */
    static final String NAMES = "lane,service,tenant,decision,status,share";

    private static final Pattern TEXT = Pattern.compile("[^\\p{Cntrl}]{1,256}");
    private static final Pattern STATUS = Pattern.compile("[1-5][xX]{2}|[1-5]\\d{2}|none");
    private static final Map<String, Form> FORMS = forms();

    private record Form(Predicate<String> holds, String expected) {}

    private TailFilter() {}

    private static Map<String, Form> forms() {
        Form text = new Form(value -> TEXT.matcher(value).matches(), "1 to 256 characters");
        List<String> reasons = Arrays.stream(Reason.values()).map(Reason::word).toList();
        Map<String, Form> forms = new LinkedHashMap<>();
        forms.put("lane", text);
        forms.put("service", text);
        forms.put("tenant", text);
        forms.put("decision", new Form(value -> each(value, reasons::contains), "of " + reasons));
        forms.put(
                "status",
                new Form(
                        value -> each(value, one -> STATUS.matcher(one).matches()),
                        "a status such as 503, a class such as 5xx, or none"));
        forms.put("share", new Form(TailFilter::isShare, "a percentage such as 1%"));
        return forms;
    }

    private static boolean each(String value, Predicate<String> holds) {
        return Arrays.stream(value.split(",", -1)).map(String::trim).allMatch(holds);
    }

    private static boolean isShare(String value) {
        try {
            Share.parse(value);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Reads the query of a call, with everything that is wrong. */
    static JsonObject of(Call call) {
        JsonObject filter = new JsonObject();
        List<Problem> problems = new ArrayList<>();
        FORMS.forEach((name, form) -> {
            String value = call.query(name);
            if (value != null && form.holds().test(value)) {
                filter.put(name, value);
            } else if (value != null) {
                problems.add(Problem.at(name, value, form.expected()));
            }
        });
        if (!problems.isEmpty()) {
            throw Refusal.ofQuery(problems);
        }
        return filter;
    }
}
