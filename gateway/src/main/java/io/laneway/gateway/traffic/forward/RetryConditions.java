package io.laneway.gateway.traffic.forward;

import io.laneway.router.policy.Retries.On;
import io.laneway.router.text.Slice;
import org.jspecify.annotations.Nullable;

/** The words of {@code x-envoy-retry-on} as conditions; words that mean nothing here are passed over. Stateless. */
public final class RetryConditions {

    private static final int STATUS = On.STATUS_502.bit() | On.STATUS_503.bit() | On.STATUS_504.bit();
    private static final int BEFORE_RESPONSE = On.RESET_BEFORE_RESPONSE.bit();

    private RetryConditions() {}

    /** The set of conditions that a list of words names. */
    public static int read(Slice words) {
        int conditions = 0;
        for (String word : words.toString().split(",", -1)) {
            conditions |= of(word.trim());
        }
        return conditions;
    }

    private static int of(String word) {
        return switch (word) {
            case "5xx" -> STATUS | BEFORE_RESPONSE | On.CONNECT_FAILURE.bit() | On.REFUSED_STREAM.bit();
            case "gateway-error" -> STATUS;
            case "reset", "reset-before-request", "reset-before-response" -> BEFORE_RESPONSE;
            case "connect-failure" -> On.CONNECT_FAILURE.bit();
            case "refused-stream" -> On.REFUSED_STREAM.bit();
            case "502" -> On.STATUS_502.bit();
            case "503" -> On.STATUS_503.bit();
            case "504" -> On.STATUS_504.bit();
            default -> 0;
        };
    }

    /** The condition of a response's status, null if there is none. */
    public static @Nullable On status(int status) {
        return switch (status) {
            case 502 -> On.STATUS_502;
            case 503 -> On.STATUS_503;
            case 504 -> On.STATUS_504;
            default -> null;
        };
    }
}
