package io.laneway.gateway.traffic.authorize;

import io.laneway.gateway.runtime.config.ReservedHeaders;
import io.laneway.gateway.traffic.authorize.HeaderChange.Way;
import io.laneway.router.text.HeaderName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The message {@code envoy.service.auth.v3.CheckResponse} as it is read. What it may not say is left out: headers of framing,
 * of the request's way and of its lane, and those that are no headers. Confined to one thread.
 */
final class CheckResponse {

    private static final int FORBIDDEN = 403;
    private static final int LEAST_STATUS = 200;
    private static final int MOST_STATUS = 599;

    private final List<HeaderChange> request = new ArrayList<>();
    private final List<HeaderName> removed = new ArrayList<>();
    private final Map<String, String> querySet = new LinkedHashMap<>();
    private final List<String> queryRemoved = new ArrayList<>();
    private final List<HeaderChange> added = new ArrayList<>();
    private final List<HeaderChange> denial = new ArrayList<>();
    private long code;
    private int status;
    private String body = "";

    private CheckResponse() {}

    /** The decision in a message. */
    static AuthDecision read(byte[] message, int from, int to) {
        CheckResponse response = new CheckResponse();
        ProtobufReader fields = new ProtobufReader(message, from, to);
        for (int field = fields.next(); field != 0; field = fields.next()) {
            switch (field) {
                case 1 -> response.status(fields.message());
                case 2 -> response.denied(fields.message());
                case 3 -> response.allowed(fields.message());
                default -> fields.skip();
            }
        }
        return response.decision();
    }

    private AuthDecision decision() {
        if (code == 0) {
            boolean asked = !querySet.isEmpty() || !queryRemoved.isEmpty();
            return AuthDecision.allowed(request, removed, asked ? new QueryEdit(querySet, queryRemoved) : null, added);
        }
        boolean sound = status >= LEAST_STATUS && status <= MOST_STATUS;
        return AuthDecision.denied(sound ? status : FORBIDDEN, denial, body.getBytes(StandardCharsets.UTF_8));
    }

    private void status(ProtobufReader fields) {
        for (int field = fields.next(); field != 0; field = fields.next()) {
            if (field == 1) {
                code = fields.number();
            } else {
                fields.skip();
            }
        }
    }

    private void denied(ProtobufReader fields) {
        for (int field = fields.next(); field != 0; field = fields.next()) {
            switch (field) {
                case 1 -> httpStatus(fields.message());
                case 2 -> header(fields.message(), denial, ReservedHeaders::mayRespond);
                case 3 -> body = fields.text();
                default -> fields.skip();
            }
        }
    }

    private void httpStatus(ProtobufReader fields) {
        for (int field = fields.next(); field != 0; field = fields.next()) {
            if (field == 1) {
                status = (int) fields.number();
            } else {
                fields.skip();
            }
        }
    }

    private void allowed(ProtobufReader fields) {
        for (int field = fields.next(); field != 0; field = fields.next()) {
            switch (field) {
                case 2 -> header(fields.message(), request, ReservedHeaders::mayBeSet);
                case 5 -> remove(fields.text());
                case 6 -> header(fields.message(), added, ReservedHeaders::mayRespond);
                case 7 -> parameter(fields.message());
                case 8 -> queryRemoved.add(fields.text());
                default -> fields.skip();
            }
        }
    }

    private void remove(String name) {
        if (HeaderText.isName(name) && ReservedHeaders.mayBeSet(name)) {
            removed.add(HeaderName.of(name));
        }
    }

    private void parameter(ProtobufReader fields) {
        String key = "";
        String value = "";
        for (int field = fields.next(); field != 0; field = fields.next()) {
            switch (field) {
                case 1 -> key = fields.text();
                case 2 -> value = fields.text();
                default -> fields.skip();
            }
        }
        querySet.put(key, value);
    }

    /** A {@code HeaderValueOption}. */
    private static void header(ProtobufReader fields, List<HeaderChange> into, Predicate<String> allowed) {
        String name = "";
        String value = "";
        Way way = Way.SET;
        for (int field = fields.next(); field != 0; field = fields.next()) {
            switch (field) {
                case 1 -> {
                    ProtobufReader pair = fields.message();
                    for (int part = pair.next(); part != 0; part = pair.next()) {
                        switch (part) {
                            case 1 -> name = pair.text();
                            case 2, 3 -> value = HeaderText.octets(pair.text());
                            default -> pair.skip();
                        }
                    }
                }
                case 2 -> way = isTrue(fields.message()) ? Way.APPEND : way;
                case 3 -> way = way(fields.number(), way);
                default -> fields.skip();
            }
        }
        if (HeaderText.isName(name) && HeaderText.isValue(value) && allowed.test(name)) {
            into.add(new HeaderChange(HeaderName.of(name), value, way));
        }
    }

    /** A {@code BoolValue}. */
    private static boolean isTrue(ProtobufReader fields) {
        boolean is = false;
        for (int field = fields.next(); field != 0; field = fields.next()) {
            if (field == 1) {
                is = fields.number() != 0;
            } else {
                fields.skip();
            }
        }
        return is;
    }

    private static Way way(long action, Way otherwise) {
        return action == 1 ? Way.ADD_IF_ABSENT : action == 3 ? Way.OVERWRITE_IF_PRESENT : otherwise;
    }
}
