package io.laneway.control.question;

import io.laneway.router.carrier.HostPattern;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.text.Slice;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes the names of tenants out of records, for those who may not know them: the name itself, wherever the client sent
 * it as it is or percent-encoded, and what stands in a query parameter or a host from which a shift takes its tenants.
 * Safe for many threads.
 */
final class TenantNames {

    /** What stands in place of a name. */
    static final String HIDDEN = "(hidden)";

    private static final String TENANT = "tenant";
    private static final String NOW = "now";
    private static final String PATH = "path";
    private static final String AUTHORITY = "authority";
    private static final List<String> SENT =
            List.of(PATH, AUTHORITY, "user_agent", "x_request_id", "x_forwarded_for", "method");
    /** Each name is looked for in each record. */
    private static final int MOST_NAMES = 64;

    private static final String BEFORE = "(?<![\\p{L}\\p{N}])";
    private static final String AFTER = "(?![\\p{L}\\p{N}])";

    private final Supplier<? extends Collection<Shift>> shifts;

    /** @param shifts that there are now */
    TenantNames(Supplier<? extends Collection<Shift>> shifts) {
        this.shifts = shifts;
    }

    /** A line of a tail without names; of a gateway that does not say the tenant, nothing that a client sent is shown. */
    JsonObject hiddenLine(JsonObject record) {
        JsonObject hidden = hidden(List.of(record)).get(0);
        return record.containsKey(TENANT) ? hidden : withoutSent(hidden);
    }

    private static JsonObject withoutSent(JsonObject hidden) {
        SENT.stream().filter(field -> hidden.getValue(field) != null).forEach(field -> hidden.put(field, HIDDEN));
        return hidden;
    }

    /** Records of one request without the names that any of them has; where those are many, without what clients sent. */
    List<JsonObject> hidden(List<JsonObject> records) {
        Set<String> names = new LinkedHashSet<>();
        records.forEach(record -> {
            add(names, record);
            add(names, record.getValue(NOW));
        });
        if (names.size() > MOST_NAMES) {
            return records.stream()
                    .map(record -> withoutSent(hidden(record, List.of())))
                    .toList();
        }
        // A name that is a part of another one would leave the rest of that one.
        List<Pattern> forms = names.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(TenantNames::form)
                .toList();
        return records.stream().map(record -> hidden(record, forms)).toList();
    }

    private static void add(Set<String> names, @Nullable Object of) {
        if (of instanceof JsonObject record && record.getValue(TENANT) instanceof String name && !name.isEmpty()) {
            names.add(name);
        }
    }

    /** The steps of a decision name tenants in their texts and are left out. */
    private JsonObject hidden(JsonObject record, List<Pattern> forms) {
        JsonObject hidden = record.copy();
        shifts.get().forEach(shift -> shift.tenant().forEach(source -> carrier(hidden, source)));
        forms.forEach(form -> hide(hidden, form));
        if (hidden.getValue(NOW) instanceof JsonObject now) {
            now.remove("steps");
            now.remove("lines");
            name(now);
        }
        name(hidden);
        return hidden;
    }

    private static void name(JsonObject of) {
        if (of.getValue(TENANT) instanceof String tenant && !tenant.isEmpty()) {
            of.put(TENANT, HIDDEN);
        }
    }

    private static void carrier(JsonObject hidden, TenantSource source) {
        if (source.kind() == TenantSource.Kind.QUERY && hidden.getValue(PATH) instanceof String path) {
            Pattern parameter = Pattern.compile("([?&]" + anyForm(source.name()) + "=)[^&#]+");
            hidden.put(PATH, parameter.matcher(path).replaceAll("$1" + Matcher.quoteReplacement(HIDDEN)));
        } else if (source.kind() == TenantSource.Kind.HOST && hidden.getValue(AUTHORITY) instanceof String authority) {
            hidden.put(AUTHORITY, host(authority, HostPattern.parse(source.name(), TENANT)));
        }
    }

    private static String host(String authority, HostPattern pattern) {
        int port = authority.lastIndexOf(':');
        String host = port < 0 ? authority : authority.substring(0, port);
        Slice name = new Slice();
        return pattern.match(Slice.of(host), name) ? authority.replace(name.toString(), HIDDEN) : authority;
    }

    private static Pattern form(String name) {
        return Pattern.compile(BEFORE + anyForm(name) + AFTER, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static void hide(JsonObject hidden, Pattern form) {
        for (String field : SENT) {
            if (hidden.getValue(field) instanceof String text) {
                hidden.put(field, form.matcher(text).replaceAll(Matcher.quoteReplacement(HIDDEN)));
            }
        }
    }

    /** Each character as it is or as the bytes of its UTF-8 in percent-encoding; a space also as a plus. */
    private static String anyForm(String text) {
        StringBuilder form = new StringBuilder();
        text.codePoints().forEach(c -> {
            String one = Character.toString(c);
            form.append("(?:").append(Pattern.quote(one)).append("|(?i:");
            for (byte b : one.getBytes(StandardCharsets.UTF_8)) {
                form.append(String.format("%%%02x", b & 0xff));
            }
            form.append(c == ' ' ? ")|\\+)" : "))");
        });
        return form.toString();
    }
}
