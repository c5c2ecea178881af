package io.laneway.gateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/** Lets time pass at once, and waits until the loop of a gateway has looked at its deadlines. Stateless. */
public final class PassingTime {

    private PassingTime() {}

    /** At least the time for a head: one that had begun to come is then too slow, which says that the loop has looked. */
    public static void pass(TestGateway gateway, Duration time) {
        try (RawClient slow = gateway.client();
                RawClient other = gateway.client()) {
            slow.send("GET / HT");
            assertThat(other.send("GET / HTTP/1.1\nHost: nobody.test\n\n")
                            .response()
                            .status())
                    .isEqualTo(404);
            gateway.pass(time);
            assertThat(slow.response().status()).isEqualTo(408);
        }
    }
}
