package io.laneway.router.codec.policy;

import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Numbers;
import io.laneway.router.document.form.Type;
import io.laneway.router.document.form.Types;
import io.laneway.router.policy.Limits;
import io.laneway.router.policy.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The forms of the parts of a policy that bound traffic: timeouts and limits. */
final class TrafficForm {

    private static final String OFF = "`off`";
    private static final Type<Duration> TIMEOUT = Types.DURATION.orOff(Duration.ZERO);
    private static final Type<Integer> LIMIT =
            Numbers.integer(0, Integer.MAX_VALUE).orOff(0);

    private static final Key<Timeouts, Duration> CONNECT =
            timeout("connect", Timeouts::connect).doc("Until a connection to an endpoint is there");
    private static final Key<Timeouts, Duration> REQUEST = timeout("request", Timeouts::request)
            .doc("From the end of the request to the head of its response, retries included");
    private static final Key<Timeouts, Duration> IDLE =
            timeout("idle", Timeouts::idle).doc("Without a byte in either direction");
    private static final Key<Timeouts, Duration> MAX_STREAM_AGE =
            timeout("maxStreamAge", Timeouts::maxStreamAge).absent(OFF).doc("Of streams, from their head");
    private static final Key<Timeouts, Duration> TOTAL = timeout("total", Timeouts::total)
            .absent(OFF)
            .doc("From the first byte of the request to the last of the response");
    private static final Key<Timeouts, Integer> MIN_RATE = Key.optional("minRate", LIMIT, Timeouts::minRate)
            .or(Timeouts.DEFAULT.minRate())
            .doc("Bytes a second that the body of a request from outside has to make");

    static final Form<Timeouts> TIMEOUTS = Form.of(
            "Timeouts",
            "",
            read -> new Timeouts(
                    read.of(CONNECT),
                    read.of(REQUEST),
                    read.of(IDLE),
                    read.of(MAX_STREAM_AGE),
                    read.of(TOTAL),
                    read.of(MIN_RATE)),
            List.of(CONNECT, REQUEST, IDLE, MAX_STREAM_AGE, TOTAL, MIN_RATE));

    private static final Key<Limits, Integer> MAX_CONNECTIONS =
            limit("maxConnections", Limits::maxConnections).doc("Open connections to endpoints");
    private static final Key<Limits, Integer> MAX_PENDING =
            limit("maxPending", Limits::maxPending).doc("Requests that wait for a connection");
    private static final Key<Limits, Integer> MAX_REQUESTS =
            limit("maxRequests", Limits::maxRequests).doc("Requests in flight");

    static final Form<Limits> LIMITS = Form.of(
            "Limits",
            "",
            read -> new Limits(read.of(MAX_CONNECTIONS), read.of(MAX_PENDING), read.of(MAX_REQUESTS)),
            List.of(MAX_CONNECTIONS, MAX_PENDING, MAX_REQUESTS));

    private TrafficForm() {}

    private static Key<Timeouts, Duration> timeout(String name, Function<Timeouts, Duration> getter) {
        return Key.optional(name, TIMEOUT, getter).or(getter.apply(Timeouts.DEFAULT));
    }

    private static Key<Limits, Integer> limit(String name, Function<Limits, Integer> getter) {
        return Key.optional(name, LIMIT, getter).or(0).absent(OFF);
    }
}
