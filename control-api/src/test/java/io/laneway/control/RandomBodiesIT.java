package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.TestControl.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bodies that are random or once were right: the answer is a 4xx, or a change that stands. 400 in the build, 10 000
 * and more with {@code -Dlaneway.bodies=10000}.
 */
class RandomBodiesIT {

    private static final int BODIES = Integer.getInteger("laneway.bodies", 400);

    private static final List<String> SEEDS = List.of(
            ControlApiIT.PICTURE,
            "{\"environments\":[{\"lane\":\"G0\",\"share\":\"20%\",\"tenants\":{\"include\":[\"a\"]},\"slots\":[[0,1999]]}]}",
            "{\"lane\":\"G0\",\"steps\":[{\"share\":\"5%\",\"pause\":\"10m\"},\"100%\"],\"guard\":{\"errorRate\":\"1%\",\"p99\":1.5}}",
            "{\"hosts\":[\"a.example.com\"],\"deployments\":[{\"lane\":\"f-1\",\"endpoints\":[\"127.0.0.1:1\"]}],\"policy\":{\"timeouts\":{\"connect\":\"1s\"}}}",
            "{\"service\":\"a\",\"lane\":\"f-1\",\"tenant\":\"t\",\"headers\":{\"x\":\"y\"},\"path\":\"/\"}",
            "{\"parent\":\"f-2\",\"mode\":\"strict\",\"ttl\":\"7d\",\"keep\":true}",
            "{\"version\":\"1\",\"revision\":3,\"lanes\":[{\"service\":\"a\",\"lane\":\"f-1\",\"requests\":5,\"latency\":{\"5\":5}}],\"tenants\":{\"default\":[\"a\"]}}",
            "{\"subject\":\"ada\",\"lanes\":\"f-*\",\"ttl\":\"1d\"}",
            "{\"lanes\":[{\"name\":\"f-1\"}],\"delete\":{\"lanes\":[\"f-2\"]}}");

    private static final String[] CALLS = {
        "PUT /v1/table",
        "POST /v1/apply",
        "PUT /v1/lanes/f-1",
        "PUT /v1/services/a",
        "PUT /v1/services/a/deployments/f-1",
        "PUT /v1/shifts/default",
        "POST /v1/shifts/default/preview",
        "PUT /v1/shifts/default/plan",
        "POST /v1/explain",
        "POST /v1/gateways/gw/report",
        "POST /v1/tokens",
        "POST /v1/store/accept",
        "POST /v1/shifts/default/plan/promote"
    };

    @TempDir
    Path directory;

    private final Random random = new Random(20261121);

    @Test
    void onlyEverGet4xxOrAChangeThatStands() {
        Map<Integer, Integer> statuses = new TreeMap<>();
        try (TestControl control = TestControl.start(directory)) {
            control.put("/v1/table", ControlApiIT.PICTURE);
            for (int i = 0; i < BODIES; i++) {
                String[] call = CALLS[random.nextInt(CALLS.length)].split(" ");
                String body = body();
                // A token would shut the doors for the rest of the run.
                boolean token = call[1].equals("/v1/tokens") && body.contains("role");
                Answer answer = control.call(call[0], call[1], token ? "{\"role\":5}" : body);
                assertThat(answer.status())
                        .as("%s %s: %s -> %s", call[0], call[1], body, answer.body())
                        .isLessThan(500);
                if (answer.status() >= 400) {
                    assertThat(answer.json().getInteger("status")).isEqualTo(answer.status());
                }
                statuses.merge(answer.status(), 1, Integer::sum);
            }
            assertThat(control.get("/readyz").status()).isEqualTo(200);
        }
        assertThat(statuses.keySet()).contains(400, 422);
        try (TestControl again = TestControl.start(directory)) {
            assertThat(again.get("/v1/table").status())
                    .as("what was taken can be read again")
                    .isEqualTo(200);
        }
    }

    private String body() {
        if (random.nextInt(5) == 0) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        StringBuilder body = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        int changes = random.nextInt(4);
        for (int i = 0; i < changes && body.length() > 2; i++) {
            mutate(body);
        }
        return body.toString();
    }

    private void mutate(StringBuilder body) {
        int at = random.nextInt(body.length());
        String[] inserts = {
            "{", "}", "[", "]", ",", ":", "\"", "null", "-1", "1e999", "\\u0000", "99999999999999999999", "true"
        };
        switch (random.nextInt(4)) {
            case 0 -> body.deleteCharAt(at);
            case 1 -> body.insert(at, inserts[random.nextInt(inserts.length)]);
            case 2 -> body.setCharAt(at, (char) random.nextInt(0x3000));
            default -> body.setLength(at);
        }
    }
}
