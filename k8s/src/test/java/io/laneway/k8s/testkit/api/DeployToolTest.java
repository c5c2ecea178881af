package io.laneway.k8s.testkit.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The tests' three-way merge against patches as kubectl 1.32 sent them for a Service that pointed at the gateway. */
class DeployToolTest {

    private static final String APPLIED = """
            {"metadata": {"annotations": {}, "labels": {"app": "order"}, "name": "order"}, "spec": {"ports": [
             {"name": "http-9000", "port": 9000, "targetPort": "web"},
             {"name": "grpc-9001", "port": 9001, "targetPort": "grpc"}], "selector": {"app": "order"}}}
            """;
    private static final String POINTED = """
            {"metadata": {"annotations": {"laneway.io/proxied": "true"}, "labels": {"app": "order"}, "name": "order"},
             "spec": {"ports": [{"name": "http-9000", "port": 9000, "protocol": "TCP", "targetPort": 8080},
             {"name": "grpc-9001", "port": 9001, "protocol": "TCP", "targetPort": 8080}],
             "selector": {"app": "laneway-gateway", "version": "proxy"}}}
            """;

    @Test
    void theUnchangedManifestSetsItsOwnLabelsAndLeavesOursBesideThem() throws IOException {
        JsonNode patch = DeployTool.threeWay(json(APPLIED), json(APPLIED), json(POINTED));

        assertThat(patch).isEqualTo(json("""
                {"spec":{"$setElementOrder/ports":[{"port":9000},{"port":9001}],"ports":[{"port":9000,
                "targetPort":"web"},{"port":9001,"targetPort":"grpc"}],"selector":{"app":"order"}}}"""));
        var live = (ObjectNode) json(POINTED);
        Merges.strategic(live, patch);
        assertThat(live.at("/spec/selector")).isEqualTo(json("{\"app\": \"order\", \"version\": \"proxy\"}"));
    }

    @Test
    void aPortThatWentAndALabelThatCameAreAllThatIsSent() throws IOException {
        String newer = """
                {"metadata": {"annotations": {}, "labels": {"app": "order"}, "name": "order"}, "spec": {"ports": [
                 {"name": "http-9000", "port": 9000, "targetPort": "web"}], "selector": {"app": "order", "tier": "web"}}}
                """;
        assertThat(DeployTool.threeWay(json(APPLIED), json(newer), json(APPLIED)))
                .isEqualTo(json("""
                {"spec":{"$setElementOrder/ports":[{"port":9000}],"ports":[{"$patch":"delete","port":9001}],
                "selector":{"tier":"web"}}}"""));
    }

    private static JsonNode json(String text) throws IOException {
        return Store.JSON.readTree(text);
    }
}
