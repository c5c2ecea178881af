package io.laneway.cli.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class StoryTest {

    private static final String STORY =
            "{\"id\":\"r-1\",\"hops\":[],\"missing\":[{\"gateway\":\"gw\",\"why\":\"is too old\"}]}";

    @Test
    void hopsThatAreLeftOutAreCounted() {
        JsonObject story = new JsonObject(STORY);
        assertThat(Story.of(story).lines()).containsExactly("request r-1", "gw is too old");
        assertThat(Story.of(story.put("more", 3)).lines())
                .containsExactly("request r-1", "3 more are not shown", "gw is too old");
    }

    @Test
    void attemptsAndStatusesOfGrpcAreSaidInWords() {
        JsonObject hop = new JsonObject()
                .put("gateway", "gw")
                .put("response_code", 200)
                .put("grpc_status", 14)
                .put("response_flags", "UF")
                .put(
                        "attempts",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("upstream_host", "10.0.0.1:80")
                                        .put("response_code", 0)
                                        .put("response_flags", "UF")
                                        .put("ended_after", 3)));
        assertThat(Story.of(new JsonObject().put("id", "r").put("hops", new JsonArray().add(hop))))
                .contains("200 UF, grpc-status 14 after")
                .contains("attempt    10.0.0.1:80: no response UF, ended after 3 ms")
                .doesNotContain("{");
    }
}
