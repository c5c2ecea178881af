package io.laneway.gateway.traffic.token;

import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.Failure.Stage;
import io.laneway.gateway.runtime.record.ResponseFlag;
import java.util.Locale;

/** Why a token does not count, and how its request is answered (RFC 6750 section 3). Immutable. */
@SuppressWarnings("ImmutableEnumChecker") // a failure is a record of immutable values
public enum TokenRefusal {
    /** There is none where one is required. */
    MISSING(401, "this needs a token (expected: Authorization: Bearer)"),
    /** Not three parts of base64url, or not JSON in them, or a claim of a wrong type. */
    MALFORMED(401, "the token is malformed"),
    /** Longer than any that is looked at. */
    TOO_LARGE(401, "the token is too large"),
    /** Several {@code Authorization} fields: two readers could take different ones. */
    AMBIGUOUS(401, "the request has several Authorization fields"),
    /** Unsigned, signed with what everybody knows, of another type, or with extensions that must be understood. */
    UNSUPPORTED(401, "the token is of a kind that does not count here"),
    ISSUER(401, "the token's issuer does not count here"),
    AUDIENCE(401, "the token is for another audience"),
    EXPIRED(401, "the token has expired"),
    NOT_YET(401, "the token does not hold yet"),
    UNKNOWN_KEY(401, "the token's key is not known"),
    SIGNATURE(401, "the token's signature is wrong"),
    /** The issuer's keys could not be had so far. */
    NO_KEYS(503, "the token cannot be verified now: its issuer's keys are not there"),
    /** Its turn did not come in time. */
    TIMEOUT(503, "the token was not verified in time"),
    /** The time that a call of gRPC gives itself is over before. */
    DEADLINE(504, "the call's time was over before its token was verified"),
    /** Too many wait already. */
    BUSY(503, "the token cannot be verified now: too many wait");

    private static final int UNAVAILABLE = 503;

    private final Failure failure;
    private final String challenge;
    private final String outcome = name().toLowerCase(Locale.ROOT);

    TokenRefusal(int status, String detail) {
        this.failure = Failure.gateway(Stage.ROUTE, status, ResponseFlag.LR, detail);
        // RFC 6750 section 3.1: without a token no error is named; its texts hold neither quotes nor backslashes
        this.challenge = name().equals("MISSING")
                ? "Bearer"
                : "Bearer error=\"invalid_token\", error_description=\"" + detail + "\"";
    }

    /** How the request is answered. */
    Failure failure() {
        return failure;
    }

    /** The value of {@code WWW-Authenticate} in a 401. */
    String challenge() {
        return challenge;
    }

    /** Whether the fault is not the token's: it may count a moment later. */
    public boolean isOurs() {
        return failure.status() == UNAVAILABLE;
    }

    /** As metrics name it. */
    public String outcome() {
        return outcome;
    }
}
