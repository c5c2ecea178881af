package io.laneway.xds.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions for paths match the same paths where a query follows, and nothing of the query. */
class PathExpressionsTest {

    private static final List<String> PATHS = List.of(
            "/",
            "/a",
            "/ab",
            "/a/b",
            "/api/v1/orders",
            "/API",
            "/a.b",
            "/a-b_c",
            "/9",
            "/ü",
            "/a%20b",
            "/a,b;c=d",
            "//");
    private static final List<String> QUERIES = List.of("", "?", "?x=1", "?/a", "?a/b=/api/v1/orders", "?.b");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.*",
                "^/a.*$",
                "/[^/]*",
                "/[^/]+/[^x]*",
                "/\\w+",
                "/\\S*",
                "/\\D+",
                "/\\W*b?.*",
                "/(api|a)(/.*)?",
                "(?i)/api.*",
                "/[a-z]+",
                "/[]a]*",
                "/a[.\\-]b.*",
                "/a\\b.*",
                ".+b",
                "/a|/9|/ab.?"
            })
    void theQueryHasNoSay(String expression) {
        String target = PathExpressions.overTarget(expression);
        assertThat(target).isNotNull();
        for (String path : PATHS) {
            for (String query : QUERIES) {
                assertThat(Pattern.matches(target, path + query))
                        .as("%s as %s: %s", expression, target, path + query)
                        .isEqualTo(Pattern.matches(expression, path));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a$|/b",
                "/a\\?b",
                "/[?]",
                "/[!-~]*",
                "/[[:punct:]]",
                "/\\pN",
                "/\\Qa\\E",
                "/a#b",
                "/a\\z",
                "/[\\S]*",
                "/\\x3f"
            })
    void whatCannotBeKeptOutOfTheQueryIsNotSaid(String expression) {
        assertThat(PathExpressions.overTarget(expression)).as(expression).isNull();
    }

    @Test
    void anExpressionThatEndsInAnEscapedDollarKeepsIt() {
        assertThat(PathExpressions.overTarget("/a\\$")).isEqualTo("(?:/a\\$)([?#].*)?");
    }
}
