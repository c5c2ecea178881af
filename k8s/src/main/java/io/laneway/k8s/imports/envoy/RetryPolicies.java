package io.laneway.k8s.imports.envoy;

import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.PolicyDraft;
import io.laneway.router.policy.Retries;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Envoy's retry conditions as a table's; also those of Istio, which has Envoy's words. */
public final class RetryPolicies {

    private static final Set<Retries.On> CONNECTION =
            EnumSet.of(Retries.On.CONNECT_FAILURE, Retries.On.REFUSED_STREAM, Retries.On.RESET_BEFORE_RESPONSE);
    private static final Map<String, Retries.On> BY_STATUS =
            Map.of("502", Retries.On.STATUS_502, "503", Retries.On.STATUS_503, "504", Retries.On.STATUS_504);

    private RetryPolicies() {}

    static void read(Tracked retry, Tracked rule, PolicyDraft policy, Report report) {
        List<String> words =
                new ArrayList<>(List.of(String.valueOf(retry.text("retry_on")).split("[, ]+")));
        for (Tracked status : retry.items("retriable_status_codes")) {
            if (BY_STATUS.containsKey(String.valueOf(status.peek()))) {
                words.add(status.text());
            }
        }
        Set<Retries.On> on = conditions(words, rule, report);
        policy.retries(EndpointPolicy.number(retry, 1, "num_retries"), on);
    }

    /** The conditions of a list of words; those that have no counterpart are named at the rule. */
    public static Set<Retries.On> conditions(List<String> words, Tracked rule, Report report) {
        Set<Retries.On> on = EnumSet.noneOf(Retries.On.class);
        for (String word : words) {
            switch (word) {
                case "connect-failure" -> on.add(Retries.On.CONNECT_FAILURE);
                case "refused-stream" -> on.add(Retries.On.REFUSED_STREAM);
                case "reset" -> on.addAll(CONNECTION);
                case "reset-before-request" -> on.add(Retries.On.CONNECT_FAILURE);
                case "gateway-error" -> on.addAll(BY_STATUS.values());
                case "502", "503", "504" -> on.add(BY_STATUS.get(word));
                case "retriable-status-codes", "" -> {
                    // The codes stand beside it.
                }
                case "5xx" -> {
                    on.addAll(CONNECTION);
                    on.addAll(BY_STATUS.values());
                    report.differs(rule.location(), "retries on 5xx", "502, 503 and 504 alone");
                }
                default ->
                    report.differs(
                            rule.location(),
                            "retries on '" + word + "' are left out",
                            "connection failures, 502, 503 and 504");
            }
        }
        return on;
    }
}
