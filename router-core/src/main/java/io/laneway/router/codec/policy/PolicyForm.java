package io.laneway.router.codec.policy;

import io.laneway.router.document.form.Definition;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Read;
import io.laneway.router.document.form.Type;
import io.laneway.router.document.form.Types;
import io.laneway.router.document.form.Words;
import io.laneway.router.policy.Access;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Compression;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.Fault;
import io.laneway.router.policy.GrpcClients;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.policy.Health;
import io.laneway.router.policy.Limits;
import io.laneway.router.policy.Mirror;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Rate;
import io.laneway.router.policy.Retries;
import io.laneway.router.policy.Sticky;
import io.laneway.router.policy.Timeouts;
import io.laneway.router.unit.ByteSize;
import java.util.List;

/** The form of a policy (docs/reference/policy.md). */
public final class PolicyForm {

    private static final String OFF = "`off`";
    private static final Type<Boolean> ON_OFF = Words.one(new Boolean[] {true, false}, on -> on ? "on" : "off");

    private static final Key<Policy, Timeouts> TIMEOUTS = Key.optional(
                    "timeouts", TrafficForm.TIMEOUTS.type(), Policy::timeouts)
            .or(Timeouts.DEFAULT);
    private static final Key<Policy, Retries> RETRIES = Key.optional(
                    "retries", RetriesForm.RETRIES.type().orOff(RetriesForm.NO_RETRIES), Policy::retries)
            .or(Retries.DEFAULT);
    private static final Key<Policy, Balancer> BALANCER = Key.optional(
                    "balancer", BalancerForm.BALANCER.reference(), Policy::balancer)
            .or(Balancer.LEAST_REQUEST);
    private static final Key<Policy, Ejection> EJECTION = Key.optional(
                    "ejection", HealthForm.EJECTION.type().orOff(HealthForm.NO_EJECTION), Policy::ejection)
            .or(Ejection.DEFAULT);
    private static final Key<Policy, Health> HEALTH = Key.optional(
                    "health", HealthForm.HEALTH.type().orOff(null), Policy::health)
            .absent(OFF);
    private static final Key<Policy, Limits> LIMITS = Key.optional(
                    "limits", TrafficForm.LIMITS.type().orOff(null), Policy::limits)
            .absent(OFF);
    private static final Key<Policy, Rate> RATE =
            Key.optional("rate", RateForm.RATE.type().orOff(null), Policy::rate).absent(OFF);
    private static final Key<Policy, Mirror> MIRROR = Key.optional(
                    "mirror", TestForm.MIRROR.type().orOff(null), Policy::mirror)
            .absent(OFF);
    private static final Key<Policy, Fault> FAULT = Key.optional(
                    "fault", TestForm.FAULT.type().orOff(null), Policy::fault)
            .absent(OFF);
    private static final Key<Policy, HeaderRules> HEADERS =
            Key.optional("headers", HeadersForm.RULES.type(), Policy::headers).or(HeaderRules.NONE);
    private static final Key<Policy, Cors> CORS = Key.optional(
                    "cors", HeadersForm.CORS.type().orOff(null), Policy::cors)
            .absent(OFF);

    private static final Key<Policy, Access> ACCESS =
            Key.optional("access", AccessForm.ACCESS.type(), Policy::access).absent("as the listener says");
    private static final Key<Policy, Sticky> STICKY = Key.optional(
                    "sticky", StickyForm.STICKY.type().orOff(null), Policy::sticky)
            .absent(OFF);
    private static final Key<Policy, Boolean> ZONE =
            Key.optional("zone", ON_OFF, Policy::zone).or(true).doc("Endpoints of the gateway's own zone first");

    private static final Key<Policy, GrpcClients> GRPC =
            Key.optional("grpc", GrpcForm.GRPC.type().orOff(null), Policy::grpc).absent(OFF);
    private static final Key<Policy, ByteSize> MAX_BODY = Key.optional(
                    "maxBody", Types.SIZE.orOff(null), Policy::maxBody)
            .absent(OFF)
            .doc("Of a request: 413 beyond it");
    private static final Key<Policy, Compression> COMPRESSION = Key.optional(
                    "compression", CompressionForm.COMPRESSION.type().orOff(null), Policy::compression)
            .absent(OFF);

    /** A policy. */
    public static final Form<Policy> FORM = Form.of(
            "Policy",
            "",
            PolicyForm::policy,
            List.of(
                    TIMEOUTS,
                    RETRIES,
                    BALANCER,
                    EJECTION,
                    HEALTH,
                    LIMITS,
                    RATE,
                    MIRROR,
                    FAULT,
                    HEADERS,
                    CORS,
                    ACCESS,
                    STICKY,
                    GRPC,
                    MAX_BODY,
                    ZONE,
                    COMPRESSION));

    private PolicyForm() {}

    /** What the JSON Schema of a table has of policies under {@code $defs}, in its order. */
    public static List<Definition> definitions() {
        return List.of(
                TrafficForm.TIMEOUTS,
                RetriesForm.RETRIES,
                BalancerForm.HASH_KEY,
                BalancerForm.BALANCER,
                HealthForm.EJECTION,
                HealthForm.HEALTH,
                TrafficForm.LIMITS,
                RateForm.RATE,
                TestForm.MIRROR,
                TestForm.FAULT,
                HeadersForm.EDIT,
                HeadersForm.RULES,
                HeadersForm.CORS,
                AccessForm.ACCESS,
                CompressionForm.COMPRESSION,
                StickyForm.STICKY,
                GrpcForm.JSON,
                GrpcForm.GRPC,
                FORM);
    }

    private static Policy policy(Read<Policy> read) {
        return new Policy(
                read.of(TIMEOUTS),
                read.of(RETRIES),
                read.of(BALANCER),
                read.of(EJECTION),
                read.orNull(HEALTH),
                read.orNull(LIMITS),
                read.orNull(RATE),
                read.orNull(MIRROR),
                read.orNull(FAULT),
                read.of(HEADERS),
                read.orNull(CORS),
                read.orNull(ACCESS),
                read.orNull(STICKY),
                read.orNull(GRPC),
                read.orNull(MAX_BODY),
                read.of(ZONE),
                read.orNull(COMPRESSION));
    }
}
