package io.laneway.replay.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where values are put: {@code 17} becomes {@code n w}, or {@code 18} where that is said, and nothing else changes. */
class ValueTargetTest {

    private static final Swap SWAP = recorded -> recorded.equals("17") ? "n w" : null;
    private static final Swap NUMBER = recorded -> recorded.equals("17") ? "18" : null;

    private static String put(String text, java.util.function.Consumer<Spans> finder) {
        Spans spans = new Spans();
        finder.accept(spans);
        return new Words().replace(text, spans);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /orders/{value}     | /orders/17          | /orders/n%20w
        /orders/{value}     | /orders/17?q=17     | /orders/n%20w?q=17
        /orders/{value}     | /orders/%317        | /orders/n%20w
        /orders/{value}     | /orders/17/lines    | /orders/17/lines
        /orders/{value}/*   | /orders/17/lines/17 | /orders/n%20w/lines/17
        /orders/{value}*    | /orders/17          | /orders/n%20w
        */{value}           | /a/17/b/17          | /a/17/b/n%20w
        /{value}            | /17                 | /n%20w
        /{value}            | /                   | /
        /orders/{value}     | /orders/18          | /orders/18
        /orders/{value}     | *                   | *
        """)
    void segmentsOfPaths(String template, String target, String expected) {
        ValueTarget.Path path = new ValueTarget.Path(template);
        assertThat(put(target, spans -> path.target(target, SWAP, spans))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /a?o=17              | /a?o=n%20w
        /a?b=17&o=17&o=17    | /a?b=17&o=n%20w&o=n%20w
        /a?%6F=%31%37        | /a?%6F=n%20w
        /o=17                | /o=17
        /a?o                 | /a?o
        /a?oo=17             | /a?oo=17
        /a?                  | /a?
        """)
    void parametersOfQueries(String target, String expected) {
        assertThat(put(target, spans -> new ValueTarget.Query("o").target(target, SWAP, spans)))
                .isEqualTo(expected);
    }

    @Test
    void fieldsOfFormsAlone() {
        ValueTarget form = new ValueTarget.Form("o");
        assertThat(put("b=1&o=17", spans -> form.body("application/x-www-form-urlencoded", "b=1&o=17", SWAP, spans)))
                .isEqualTo("b=1&o=n%20w");
        assertThat(put("o=17", spans -> form.body("text/plain", "o=17", SWAP, spans)))
                .isEqualTo("o=17");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        s=17            | s=n w
        a=17; s=17;b=17 | a=17; s=n w;b=17
        s="17"; x=1     | s="n w"; x=1
        as=17           | as=17
        s               | s
        """)
    void cookies(String value, String expected) {
        Field field = new Field("Cookie", value);
        assertThat(put(value, spans -> new ValueTarget.Cookie("s").field(field, SWAP, spans)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        $.a      | {"a": 17, "b": 17}          | {"a": 18, "b": 17}
        $.a      | {"a": "17"}                 | {"a": "18"}
        $.a      | {"a": {"b": 17}}            | {"a": {"b": 17}}
        $.a[*].b | {"a": [{"b": 17}, {"b":17}, {"c":17}]} | {"a": [{"b": 18}, {"b":18}, {"c":17}]}
        $.a[1]   | {"a": [17, 17]}             | {"a": [17, 18]}
        $..b     | {"b": "1\\u0037", "c": {"b": 17 } } | {"b": "18", "c": {"b": 18 } }
        $.é      | {"x": "ü€😀", "é": 17}      | {"x": "ü€😀", "é": 18}
        $.a      | {"a": 17, "b":              | {"a": 18, "b":
        $.a      | {"a": 17.0, "b": null}      | {"a": 17.0, "b": null}
        $.a      | no                          | no
        """)
    void valuesOfJson(String path, String text, String expected) {
        ValueTarget json = new ValueTarget.Json(JsonPath.parse(path));
        assertThat(put(text, spans -> json.body("", text, NUMBER, spans))).isEqualTo(expected);
    }

    @Test
    void aTextInPlaceOfANumberIsQuoted() {
        ValueTarget json = new ValueTarget.Json(JsonPath.parse("$.a"));
        Swap quoted = recorded -> "o-\"1";
        assertThat(put("{\"a\":17}", spans -> json.body("", "{\"a\":17}", quoted, spans)))
                .isEqualTo("{\"a\":\"o-\\\"1\"}");
    }

    @Test
    void ofTwoRulesForOnePlaceTheFirstHolds() {
        Spans spans = new Spans();
        spans.add(2, 4, "a");
        spans.add(1, 3, "b");
        spans.add(3, 5, "c");
        spans.add(4, 5, "d");
        spans.add(0, 2, "e");
        assertThat(new Words().replace("012345", spans)).isEqualTo("ead5");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /orders/17                        | 17
        http://shop:80/orders/17?a=/9#/8  | 17
        //shop/orders/17                  | 17
        /orders/a%20b                     | a b
        /other/17                         |
        """)
    void segmentsOfLocation(String location, String expected) {
        RecordedResponse response =
                new RecordedResponse(201, List.of(new Field("Location", location)), RecordedBody.NONE, List.of());
        assertThat(new ValueSource.Location("/orders/{value}").of(response)).isEqualTo(expected);
    }

    @Test
    void sourcesOfAResponse() {
        RecordedResponse response = new RecordedResponse(
                200,
                List.of(
                        new Field("X-Session", "h"),
                        new Field("Set-Cookie", "a=1; Path=/"),
                        new Field("Set-Cookie", "s=\"2\"; Path=/; Expires=Wed, 21 Oct 2030 07:28:00 GMT")),
                RecordedBody.whole("{\"a\":{\"b\":[null,{\"c\":1.50}]}}".getBytes(StandardCharsets.UTF_8)),
                List.of(new Field("x-trailer", "t")));
        assertThat(new ValueSource.Header("x-session").of(response)).isEqualTo("h");
        assertThat(new ValueSource.Header("x-trailer").of(response)).isEqualTo("t");
        assertThat(new ValueSource.Cookie("s").of(response)).isEqualTo("2");
        assertThat(new ValueSource.Cookie("b").of(response)).isNull();
        assertThat(new ValueSource.Json(JsonPath.parse("$.a.b[*].c")).of(response))
                .isEqualTo("1.50");
        assertThat(new ValueSource.Json(JsonPath.parse("$.a")).of(response)).isNull();
        assertThatThrownBy(() -> new ValueSource.Location("/orders"))
                .hasMessage("path: /orders (expected: one with a segment {value}, such as /orders/{value}/lines)");
    }

    @Test
    void whatEqualPlacesTaughtIsNotAppliedToWhatARulePut() {
        Words words = new Words();
        words.put("recorded", "new");
        words.put("new", "other");
        Spans spans = new Spans();
        spans.add(0, 8, "new");
        assertThat(words.replace("recorded recorded new", spans)).isEqualTo("new new other");
    }
}
