package io.laneway.gateway.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptedTypeTest {

    private static List<String> names(String... headers) {
        return AcceptedType.list(List.of(headers)).stream()
                .map(AcceptedType::name)
                .toList();
    }

    @Test
    void whatIsLikedBestComesFirst() {
        assertThat(names("text/plain;q=0.2, Application/JSON ;charset=x; q=0.7", "text/html"))
                .containsExactly("text/html", "application/json", "text/plain");
    }

    @Test
    void ofEqualWeightTheNamedOneComesFirstAndThenTheEarlier() {
        assertThat(names("*/*, b/b, a/a")).containsExactly("b/b", "a/a", "*/*");
    }

    @Test
    void whatIsNotAcceptedOrCannotBeReadIsLeftOut() {
        assertThat(names("a/a;q=0, b/b;q=x, , ;q=1, c/c;q=0.1")).containsExactly("c/c");
        assertThat(names()).isEmpty();
    }
}
