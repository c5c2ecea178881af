package io.laneway.replay.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GlobTest {

    @Test
    void aStarIsAnyTextAndItemsOfAListAreThemselves() {
        assertThat(Glob.of("a*c").matches("abbc")).isTrue();
        assertThat(Glob.of("a*c").matches("ac")).isTrue();
        assertThat(Glob.of("ab*bc").matches("abc"))
                .as("no character counts twice")
                .isFalse();
        assertThat(Glob.of("body.items[*].a").matches("body.items[*].a")).isTrue();
        assertThat(Glob.of("body.items[*].a").matches("body.items.a")).isFalse();
        assertThat(Glob.of("*").matches("")).isTrue();
        assertThat(Glob.of("").matches("")).isTrue();
        assertThat(Glob.of("").matches("a")).isFalse();
    }

    @Test
    void aPathCoversThoseBelowIt() {
        Glob glob = Glob.of("body.items");
        assertThat(glob.covers("body.items")).isTrue();
        assertThat(glob.covers("body.items[*].a")).isTrue();
        assertThat(glob.covers("body.items.a")).isTrue();
        assertThat(glob.covers("body.itemsize")).isFalse();
        assertThat(glob.covers("body")).isFalse();
        assertThat(Glob.of("body.*.id").covers("body.a.b.id.c")).isTrue();
    }

    /** What it was before: a regular expression. */
    @Test
    void itIsTheSameAsAnExpression() {
        Random random = new Random(7);
        int matched = 0;
        for (int i = 0; i < 20_000; i++) {
            String pattern = text(random, "ab.*[", 6);
            String text = text(random, "ab.[", 9);
            String expression =
                    Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
            assertThat(Glob.of(pattern).matches(text))
                    .as("%s of %s", pattern, text)
                    .isEqualTo(Pattern.matches(expression, text));
            boolean covers = Pattern.matches(expression + "(?:[.\\[].*)?", text);
            assertThat(Glob.of(pattern).covers(text))
                    .as("%s over %s", pattern, text)
                    .isEqualTo(covers);
            matched += covers ? 1 : 0;
        }
        assertThat(matched).isGreaterThan(500);
    }

    private static String text(Random random, String letters, int most) {
        return random.ints(random.nextInt(most), 0, letters.length())
                .mapToObj(at -> String.valueOf(letters.charAt(at)))
                .collect(Collectors.joining());
    }

    @Test
    @Timeout(10)
    void manyStarsTakeNoTime() {
        assertThat(Glob.of("*a".repeat(500) + "*b*c").covers("a".repeat(100_000) + "b"))
                .isFalse();
    }
}
