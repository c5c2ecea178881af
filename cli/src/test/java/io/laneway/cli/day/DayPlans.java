package io.laneway.cli.day;

import io.laneway.cli.day.DayClient.Answer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Plans with a guard over both services, one after another: of an environment that is as good as base, or of one with a
 * broken service. Confined to one thread.
 */
final class DayPlans {

    private static final String PATH = "/v1/shifts/default/plan";
    private static final Duration EACH = Duration.ofMinutes(3);
    private static final String PLAN = """
        {"lane": "G0", "steps": [{"share": "30%", "pause": "4s"}, {"share": "60%", "pause": "4s"}, "100%"],
         "guard": {"window": "1m", "minSamples": 60, "errorRate": "2%"}}
        """;

    private final DayClient client;
    private final BooleanSupplier over;
    private final DayShop shop;
    private final Random random;
    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Integer> ends = new TreeMap<>();

    /** @param over whether no more is to be waited for */
    DayPlans(DayClient client, DayShop shop, Random random, BooleanSupplier over) {
        this.client = client;
        this.over = over;
        this.shop = shop;
        this.random = random;
    }

    /** What a guard decided wrongly. */
    List<String> wrong() {
        return wrong;
    }

    /** How many plans ended in which way, such as {@code healthy complete}. */
    Map<String, Integer> ends() {
        return ends;
    }

    /** Runs one plan to its end, or until it was given enough time. */
    void run() throws InterruptedException {
        String broken = random.nextBoolean() ? "" : DayShop.SERVICES.get(random.nextInt(2));
        shop.heal();
        if (!clear()) {
            return;
        }
        if (!broken.isEmpty()) {
            shop.breaks(broken);
        }
        Optional<Answer> begun = client.sure("PUT", PATH, PLAN, EACH);
        // A call whose answer was lost may have been done: the second then says that there is a plan.
        if (begun.isPresent() && (begun.get().done() || begun.get().status() == 409)) {
            judge(broken, ended(broken));
        }
    }

    /** Lets a plan begin again: the old one is gone, and the environment empty. */
    private boolean clear() throws InterruptedException {
        return client.sure("DELETE", PATH, null, EACH).isPresent()
                && client.sure(
                                "PUT",
                                "/v1/shifts/default",
                                "{\"environments\": [{\"lane\": \"G0\", \"share\": \"0%\"}]}",
                                EACH)
                        .filter(Answer::done)
                        .isPresent();
    }

    private JsonObject ended(String broken) throws InterruptedException {
        JsonObject last = new JsonObject();
        long end = System.nanoTime() + EACH.toNanos();
        while (System.nanoTime() < end && !over.getAsBoolean()) {
            Answer now = client.call("GET", PATH, null);
            if (now.status() == 200) {
                last = now.body();
                String status = last.getString("status");
                boolean passed = !broken.isEmpty() && last.getInteger("step") > 0;
                if (passed || status.equals("complete") || status.equals("aborted")) {
                    return last;
                }
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
        return last;
    }

    private void judge(String broken, JsonObject plan) {
        String status = plan.getString("status", "unknown");
        boolean passed = status.equals("complete") || plan.getInteger("step", 0) > 0;
        ends.merge((broken.isEmpty() ? "healthy " : "broken ") + status, 1, Integer::sum);
        if (broken.isEmpty() ? status.equals("aborted") : passed) {
            wrong.add((broken.isEmpty() ? "nothing" : broken) + " broken: " + plan.encode());
        }
    }
}
