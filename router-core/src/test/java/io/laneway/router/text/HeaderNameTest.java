package io.laneway.router.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A header name is compared as RFC 9110 section 5.1 says, whatever its length and whatever bit is another one. */
class HeaderNameTest {

    private static final String NAME = "abcxyzABCXYZ0189-_.~!#$%&'*+^`|";

    private static boolean matches(HeaderName name, String wire) {
        byte[] bytes = ("x" + wire + "x").getBytes(StandardCharsets.ISO_8859_1);
        boolean matches = name.matches(bytes, 1, wire.length());
        if (matches) {
            assertThat(HeaderName.hash(bytes, 1, wire.length())).as(wire).isEqualTo(name.hash());
        }
        return matches;
    }

    private static String random(Random random) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(21); n > 0; n--) {
            text.append(NAME.charAt(random.nextInt(NAME.length())));
        }
        return text.toString();
    }

    @Test
    void matchesTheSameNameInAnyCase() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            String name = random(random);
            StringBuilder wire = new StringBuilder();
            name.chars()
                    .forEach(c -> wire.append(
                            (char) (random.nextBoolean() ? Character.toUpperCase(c) : Character.toLowerCase(c))));
            assertThat(matches(HeaderName.of(name), wire.toString()))
                    .as("%s %s", name, wire)
                    .isTrue();
        }
    }

    @Test
    void oneOtherBitIsAnotherNameUnlessItIsTheCaseOfALetter() {
        Random random = new Random(6);
        for (int i = 0; i < 2_000; i++) {
            String name = random(random);
            HeaderName compiled = HeaderName.of(name);
            for (int at = 0; at < name.length(); at++) {
                for (int bit = 0; bit < 8; bit++) {
                    char[] other = name.toCharArray();
                    other[at] ^= (char) (1 << bit);
                    String wire = new String(other);
                    assertThat(matches(compiled, wire))
                            .as("%s %s", name, wire)
                            .isEqualTo(slowLower(name).equals(slowLower(wire)));
                }
            }
            assertThat(matches(compiled, name + "a")).isFalse();
        }
    }

    private static String slowLower(String text) {
        StringBuilder lower = new StringBuilder();
        text.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
        return lower.toString();
    }
}
