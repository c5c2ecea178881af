package io.laneway.cli.plan;

import io.laneway.cli.remote.Format;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A plan's state for people. Stateless. */
final class PlanText {

    private PlanText() {}

    /** One line: status, step, share, since when, and why. */
    static String line(JsonObject plan) {
        int step = plan.getInteger("step", 0);
        JsonArray steps = plan.getJsonArray("steps", new JsonArray());
        String what = step < steps.size() ? name(steps.getJsonObject(step)) : "-";
        String why = plan.getString("why", "");
        return plan.getString("status", "-") + ", step " + (step + 1) + " of " + steps.size() + " (" + what + ") since "
                + plan.getString("since", "-") + (why.isEmpty() ? "" : ": " + why);
    }

    /** The line, the steps with a mark at the one that it is at, and the guard's verdicts where there are some. */
    static String whole(JsonObject plan) {
        StringBuilder text = new StringBuilder(plan.getString("lane", ""))
                .append(": ")
                .append(line(plan))
                .append('\n');
        JsonArray steps = plan.getJsonArray("steps", new JsonArray());
        for (int i = 0; i < steps.size(); i++) {
            JsonObject step = steps.getJsonObject(i);
            text.append(i == plan.getInteger("step", 0) ? "> " : "  ")
                    .append(i + 1)
                    .append(". ")
                    .append(name(step));
            String pause = step.getString("pause");
            text.append(pause == null ? "" : ", then " + pause).append('\n');
        }
        JsonObject verdict = plan.getJsonObject("verdict", new JsonObject());
        JsonArray services = verdict.getJsonArray("services", new JsonArray());
        if (!services.isEmpty()) {
            text.append("guard: ").append(verdict.getString("verdict", "-")).append('\n');
            text.append(Format.table.show(
                    rows(services), "service", "verdict", "requests", "errors", "p99", "base", "why"));
        }
        return text.toString().stripTrailing();
    }

    /** The figures of each service in the environment, with the error rate of base beside them. */
    private static JsonArray rows(JsonArray services) {
        JsonArray rows = new JsonArray();
        for (int i = 0; i < services.size(); i++) {
            JsonObject service = services.getJsonObject(i);
            JsonObject environment = service.getJsonObject("environment", new JsonObject());
            JsonObject base = service.getJsonObject("base", new JsonObject());
            rows.add(service.copy()
                    .put("requests", environment.getValue("requests"))
                    .put("errors", environment.getValue("errorRate"))
                    .put("p99", environment.getValue("p99"))
                    .put("base", base.getValue("errorRate")));
        }
        return rows;
    }

    private static String name(JsonObject step) {
        return step.getString("share", step.getString("group", step.encode()));
    }
}
