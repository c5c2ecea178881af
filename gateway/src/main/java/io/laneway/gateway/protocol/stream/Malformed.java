package io.laneway.gateway.protocol.stream;

import io.laneway.gateway.runtime.record.ResponseFlag;

/** The failures of messages that break a rule of HTTP. Stateless. */
public final class Malformed {

    private static final Failure[] REQUEST_BODY = each(Failure.BAD_REQUEST_BODY);
    private static final Failure[] RESPONSE_HEAD = each(Failure.BAD_RESPONSE);
    private static final Failure[] RESPONSE_BODY = each(Failure.BAD_RESPONSE_BODY);

    private Malformed() {}

    private static Failure[] each(Failure failure) {
        Violation[] rules = Violation.values();
        Failure[] failures = new Failure[rules.length];
        for (Violation rule : rules) {
            failures[number(rule)] = failure.of(rule, rule.detail());
        }
        return failures;
    }

    @SuppressWarnings("EnumOrdinal") // an index, nothing that lasts
    private static int number(Violation rule) {
        return rule.ordinal();
    }

    /** A client's head breaks the rule. */
    public static Failure requestHead(Violation rule, int status) {
        Failure failure = new Failure(
                Failure.Side.DOWNSTREAM, Failure.Stage.REQUEST_HEAD, status, null, ResponseFlag.DPE, rule.detail());
        return failure.of(rule, "");
    }

    /** A client's body breaks the rule. */
    public static Failure requestBody(Violation rule) {
        return REQUEST_BODY[number(rule)];
    }

    /** The head of an endpoint's response breaks the rule. */
    public static Failure responseHead(Violation rule) {
        return RESPONSE_HEAD[number(rule)];
    }

    /** The body of an endpoint's response breaks the rule. */
    public static Failure responseBody(Violation rule) {
        return RESPONSE_BODY[number(rule)];
    }
}
