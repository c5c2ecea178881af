package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.laneway.control.OpenApiFile.Operation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API takes and answers has the form that its OpenAPI file says. */
class OpenApiAnswersIT {

    private static final String TABLE = """
        {"lanes": [{"name": "G0"}, {"name": "f-1"}],
         "services": [{"name": "order", "deployments": [{"lane": "master", "endpoints": ["127.0.0.1:9001"]}]}],
         "shifts": [{"name": "default", "tenant": [{"header": "x-tenant-id"}],
                     "environments": [{"lane": "G0", "share": "0%"}]}]}
        """;

    @TempDir
    private Path directory;

    private final OpenApiFile file = OpenApiFile.read();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Set<String> seen = new TreeSet<>();
    private TestControl control;

    @BeforeEach
    void start() {
        control = TestControl.start(directory);
    }

    @AfterEach
    void stop() {
        control.close();
    }

    private void call(String id, int status, String path, String body) throws Exception {
        Operation operation = file.operations().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        if (!body.isEmpty()) {
            valid(operation.node().at("/requestBody/content/application~1json/schema"), body, "body of " + id);
        }
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(control.api().url() + path))
                        .method(
                                operation.method().toUpperCase(java.util.Locale.ROOT),
                                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).as(id + " " + response.body()).isEqualTo(status);
        String code =
                operation.node().at("/responses").has(String.valueOf(status)) ? String.valueOf(status) : "default";
        JsonNode answer = operation.node().at("/responses/" + code);
        JsonNode resolved =
                answer.has("$ref") ? file.root().at(answer.get("$ref").asText().substring(1)) : answer;
        JsonNode schema = resolved.at(
                status < 400 ? "/content/application~1json/schema" : "/content/application~1problem+json/schema");
        valid(schema, response.body(), "answer of " + id);
        seen.add(id);
    }

    private void valid(JsonNode schema, String text, String what) throws IOException {
        assertThat(schema.isMissingNode()).as("no schema: " + what).isFalse();
        assertThat(file.schema(schema).validate(new ObjectMapper().readTree(text)))
                .as(what + ": " + text)
                .isEmpty();
    }

    @Test
    void whatIsTakenAndAnsweredIsAsWritten() throws Exception {
        call("putTable", 200, "/v1/table", TABLE);
        call("getTable", 200, "/v1/table", "");
        call("putLane", 201, "/v1/lanes/f-2", "{\"description\": \"new\", \"ttl\": \"2d\"}");
        call("putLane", 200, "/v1/lanes/f-2?dryRun=true", "{\"description\": \"newer\"}");
        call("getLane", 200, "/v1/lanes/f-2", "");
        call("getLane", 404, "/v1/lanes/none", "");
        call("listLanes", 200, "/v1/lanes", "");
        call("listLanes", 200, "/v1/lanes?q=f&state=active&limit=1", "");
        call("renewLane", 200, "/v1/lanes/f-2/renew", "");
        call("sweepLanes", 200, "/v1/lanes/sweep", "");
        call(
                "putService",
                201,
                "/v1/services/stock",
                "{\"hosts\": [\"stock.test\"], \"policy\": {\"retries\": \"off\"}}");
        call("putDeployment", 200, "/v1/services/stock/deployments/f-1", "{\"endpoints\": [\"127.0.0.1:9004\"]}");
        call("getDeployment", 200, "/v1/services/stock/deployments/F-1", "");
        call("getDeployment", 404, "/v1/services/stock/deployments/none", "");
        call("getService", 200, "/v1/services/stock", "");
        call("listServices", 200, "/v1/services", "");
        call("deleteDeployment", 200, "/v1/services/stock/deployments/f-1", "");
        call(
                "previewShift",
                200,
                "/v1/shifts/default/preview",
                "{\"environments\": [{\"lane\": \"G0\", \"share\": \"20%\"}], \"tenants\": [\"acme\"]}");
        call("putShift", 200, "/v1/shifts/default", "{\"environments\": [{\"lane\": \"G0\", \"share\": \"20%\"}]}");
        call("getShift", 200, "/v1/shifts/default", "");
        call("listShifts", 200, "/v1/shifts", "");
        call("switchShift", 200, "/v1/shifts/default/switch", "{\"to\": \"G0\"}");
        call("switchShift", 422, "/v1/shifts/default/switch", "{\"to\": \"none\"}");
        call("revertShift", 200, "/v1/shifts/default/revert", "");
        call(
                "startPlan",
                200,
                "/v1/shifts/default/plan",
                "{\"lane\": \"G0\", \"steps\": [{\"share\": \"5%\", \"pause\": \"30m\"}, \"100%\"],"
                        + " \"guard\": {\"errorRate\": \"1%\", \"window\": \"1m\"}}");
        call("getPlan", 200, "/v1/shifts/default/plan", "");
        call("getPlanCurves", 200, "/v1/shifts/default/plan/curves", "");
        call("pausePlan", 200, "/v1/shifts/default/plan/pause", "");
        call("promotePlan", 200, "/v1/shifts/default/plan/promote", "");
        call("abortPlan", 200, "/v1/shifts/default/plan/abort", "");
        call("apply", 200, "/v1/apply", "{\"lanes\": [{\"name\": \"f-3\"}], \"delete\": {\"lanes\": [\"f-2\"]}}");
        call("apply", 422, "/v1/apply", "{\"lanes\": [{\"name\": \"f-4\", \"parent\": \"none\"}]}");
        call("explain", 200, "/v1/explain", "{\"service\": \"order\", \"lane\": \"f-1\", \"tenant\": \"acme\"}");
        call("lint", 200, "/v1/lint", "");
        call("listRevisions", 200, "/v1/revisions", "");
        call("listRevisions", 200, "/v1/revisions?q=lane&limit=1", "");
        call("getRevision", 200, "/v1/revisions/2", "");
        call("getRevisionTable", 200, "/v1/revisions/2/table", "");
        call("diffRevisions", 200, "/v1/revisions/1/diff/3", "");
        call("restoreRevision", 200, "/v1/revisions/1/restore", "");
        call("getStore", 200, "/v1/store", "");
        call("listGateways", 200, "/v1/gateways", "");
        control.post("/v1/gateways/gw/report", "{\"started\":\"1\",\"lanes\":[]}");
        call(
                "report",
                200,
                "/v1/gateways/gw/report",
                "{\"started\":\"1\",\"lanes\":[{\"service\":\"order\",\"lane\":\"master\",\"requested\":\"f-1\",\"requests\":9}]}");
        call("listTraffic", 200, "/v1/traffic?lane=f-1", "");
        call("listMessages", 200, "/v1/messages?lane=f-1&limit=1", "");
        call("getOverview", 200, "/v1/overview", "");
        call("getOverview", 200, "/v1/overview?limit=1&after=f-1", "");
        call("getOverview", 400, "/v1/overview?limit=0", "");
        call("getSession", 200, "/v1/session", "");
        call("getRequest", 404, "/v1/requests/r-1", "");
        call("findRequests", 404, "/v1/requests?trace=0af7651916cd43dd8448eb211c80319c", "");
        call("answerQuestion", 404, "/v1/gateways/gw/answers/none", "{\"records\": []}");
        call("startReplay", 422, "/v1/replays", "{\"recording\": \"orders\", \"lane\": \"f-1\"}");
        call("listReplays", 200, "/v1/replays", "");
        call("reportReplay", 404, "/v1/gateways/gw/replays/none", "{\"run\": \"1\", \"state\": \"running\"}");
        call("listTokens", 200, "/v1/tokens", "");
        call("createToken", 200, "/v1/tokens?dryRun=true", "{\"subject\": \"ci\", \"role\": \"admin\"}");
        call("getAudit", 200, "/v1/audit", "");
        call("ready", 200, "/readyz", "");
        assertThat(seen).hasSizeGreaterThan(35);
    }
}
