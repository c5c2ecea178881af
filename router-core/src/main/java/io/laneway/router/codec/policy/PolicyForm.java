package io.laneway.router.codec.policy;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.Fault;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.policy.Health;
import io.laneway.router.policy.Limits;
import io.laneway.router.policy.Mirror;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Rate;
import io.laneway.router.policy.Retries;
import io.laneway.router.policy.Timeouts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form of a policy (docs/reference/policy.md). */
public final class PolicyForm {

    private PolicyForm() {}

    /** The parts of a policy that are defined once, by their names under {@code $defs} of the table's JSON Schema. */
    public static Map<String, Form<?>> definitions() {
        return Map.of("Timeouts", TrafficForm.TIMEOUTS, "Limits", TrafficForm.LIMITS, "Mirror", TestForm.MIRROR);
    }

    public static @Nullable Policy read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        Timeouts timeouts = fields.object("timeouts", TrafficForm.TIMEOUTS, Timeouts.DEFAULT);
        Retries retries = fields.isOff("retries")
                ? TrafficForm.NO_RETRIES
                : fields.object("retries", TrafficForm::retries, Retries.DEFAULT);
        Balancer balancer = fields.object("balancer", BalancerForm::read, Balancer.LEAST_REQUEST);
        Ejection ejection = fields.isOff("ejection")
                ? HealthForm.NO_EJECTION
                : fields.object("ejection", HealthForm::ejection, Ejection.DEFAULT);
        Health health = fields.optionalObject("health", HealthForm::health);
        Limits limits = fields.optionalObject("limits", TrafficForm.LIMITS);
        Rate rate = fields.optionalObject("rate", TrafficForm::rate);
        Mirror mirror = fields.optionalObject("mirror", TestForm.MIRROR);
        Fault fault = fields.optionalObject("fault", TestForm::fault);
        HeaderRules headers = fields.object("headers", HeadersForm::headers, HeaderRules.NONE);
        Cors cors = fields.optionalObject("cors", HeadersForm::cors);
        return fields.build(() ->
                new Policy(timeouts, retries, balancer, ejection, health, limits, rate, mirror, fault, headers, cors));
    }
}
