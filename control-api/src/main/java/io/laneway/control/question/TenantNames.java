package io.laneway.control.question;

import io.laneway.router.carrier.HostPattern;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.text.Slice;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
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
    private static final List<String> SENT = List.of(PATH, AUTHORITY, "user_agent");
    private static final String BEFORE = "(?<![\\p{L}\\p{N}])";
    private static final String AFTER = "(?![\\p{L}\\p{N}])";

    private final Supplier<? extends Collection<Shift>> shifts;

    /** @param shifts that there are now */
    TenantNames(Supplier<? extends Collection<Shift>> shifts) {
        this.shifts = shifts;
    }

    /** A record without names; the steps of a decision name them in their texts and are left out. */
    JsonObject hidden(JsonObject record) {
        JsonObject hidden = record.copy();
        shifts.get().forEach(shift -> shift.tenant().forEach(source -> carrier(hidden, source)));
        hide(hidden, record.getValue(TENANT));
        if (hidden.getValue(NOW) instanceof JsonObject now) {
            hide(hidden, now.getValue(TENANT));
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

    private static void hide(JsonObject hidden, @Nullable Object name) {
        if (!(name instanceof String tenant) || tenant.isEmpty()) {
            return;
        }
        Pattern form =
                Pattern.compile(BEFORE + anyForm(tenant) + AFTER, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
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
