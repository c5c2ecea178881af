package io.laneway.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a filter may say is refused where it says it, if it would break a message. */
class HeaderTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nx: y", "a\nb", "a\0b", "\u007f", "\u20ac", " a", "a\t"})
    void valuesThatAreNoFieldValuesAreRefused(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FilterResult.proceed().set("x-a", value))
                .withMessageContaining("x-a: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FilterResult.respond(200).header("x-a", value));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeaderChanges.none().add("x-a", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "a\r\n", ":path", "ä", "a/b"})
    void namesThatAreNoTokensAreRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FilterResult.proceed().set(name, "v"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FilterResult.proceed().remove(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "http://a/", "/a b", "/a\r\nb", "/a#b", "/ä"})
    void targetsThatAreNoPathsAreRefused(String target) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FilterResult.proceed().target(target));
    }

    @Test
    void whatAMessageMayHoldIsTaken() {
        assertThat(FilterResult.proceed()
                        .set("X-A", "a\tb \u00e4")
                        .add("x-b", "")
                        .target("/a/%20?b=c")
                        .changes()
                        .list())
                .hasSize(2);
        assertThat(new Headers(List.of(new Header("A", "1"), new Header("a", "2"))).all("a"))
                .containsExactly("1", "2");
    }

    @Test
    void aResponseHasAStatusOfItsOwnAndABodyWhereItMay() {
        assertThatIllegalArgumentException().isThrownBy(() -> FilterResult.respond(101));
        assertThatIllegalArgumentException().isThrownBy(() -> FilterResult.respond(600));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FilterResult.respond(204).body("text/plain", "a"));
        assertThat(FilterResult.respond(200).body("text/plain", "ab").body()).hasSize(2);
    }
}
