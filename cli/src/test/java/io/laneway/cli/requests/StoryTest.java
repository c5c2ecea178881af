package io.laneway.cli.requests;

import static org.assertj.core.api.Assertions.assertThat;

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
}
