package io.laneway.router.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairsTest {

    private interface Finder {
        boolean find(Slice in, byte[] name, Slice into);
    }

    private static String find(Finder finder, String in, String name) {
        Slice into = new Slice();
        return finder.find(Slice.of(in), name.getBytes(StandardCharsets.UTF_8), into) ? into.toString() : null;
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "/?a=1,                1",
                "/p?x=0&a=1&a=2,       1",
                "/?a=,                 ''",
                "/?a,                  none",
                "/?b=1,                none",
                "/a=1,                 none",
                "/?aa=1&xa=2,          none",
                "/?A=1,                none",
                "/?a=b=c,              b=c",
                "/?&&a=1&,             1",
                "/#?a=1,               none",
                "/?x=?a=2&a=1,         1",
                "/,                    none"
            })
    void findsAParameter(String target, String value) {
        assertThat(find(Pairs::query, target, "a")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            quoteCharacter = '~',
            value = {
                "a=1,              1",
                "b=0; a=1; a=2,    1",
                "a=\"1\",          1",
                "a=\",             \"",
                "a=\"\",           ~~",
                "a=1;b=2,          1",
                "~ a = 1 ~,        1",
                "aa=1,             none",
                "a,                none"
            })
    void findsACookie(String line, String value) {
        assertThat(find(Pairs::cookie, line, "a")).isEqualTo(value);
    }

    @Test
    void findsAMemberOfBaggageWithoutItsProperties() {
        assertThat(find(Pairs::baggage, "a=1", "a")).isEqualTo("1");
        assertThat(find(Pairs::baggage, "b=2 , a = 1 ; p=3;q", "a")).isEqualTo("1");
        assertThat(find(Pairs::baggage, "b=2;a=3", "a"))
                .as("a property of another")
                .isNull();
        assertThat(find(Pairs::baggage, "a=;p=3", "a")).isEmpty();
        assertThat(find(Pairs::baggage, "", "a")).isNull();
    }

    /** The same over random queries, by splitting them. */
    @Test
    void findsWhatSplittingFinds() {
        Random random = new Random(11);
        String alphabet = "ab=&";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder query = new StringBuilder();
            for (int n = random.nextInt(12); n > 0; n--) {
                query.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            List<String> values = new ArrayList<>();
            for (String pair : query.toString().split("&", -1)) {
                if (pair.startsWith("a=")) {
                    values.add(pair.substring(2));
                }
            }
            assertThat(find(Pairs::query, "/?" + query, "a"))
                    .as("%s", query)
                    .isEqualTo(values.isEmpty() ? null : values.get(0));
        }
    }
}
