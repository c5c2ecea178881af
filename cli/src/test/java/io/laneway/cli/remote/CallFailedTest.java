package io.laneway.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallFailedTest {

    @Test
    void aProblemNamesEachWrongFieldAndEachGatewayThatDidNotAnswer() {
        CallFailed failed = CallFailed.of(
                404,
                "{\"detail\":\"request x: not known\",\"errors\":[{\"pointer\":\"/a\",\"detail\":\"is wrong\"}],"
                        + "\"missing\":[{\"gateway\":\"gw-1\",\"why\":\"did not answer within 2s\"},"
                        + "{\"gateway\":\"gw-2\",\"why\":\"is too old\"}]}");
        assertThat(failed.status()).isEqualTo(404);
        assertThat(failed.getMessage().lines())
                .containsExactly(
                        "404 request x: not known",
                        "  /a: is wrong",
                        "  gw-1 did not answer within 2s",
                        "  gw-2 is too old");
    }
}
