package io.laneway.router.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** docs/concepts/decision.md#slugs. */
class SlugTest {

    @Test
    void lowersCaseAndJoinsRuns() {
        assertThat(Slug.of("feature/x")).isEqualTo("feature-x");
        assertThat(Slug.of("Feature//X__1")).isEqualTo("feature-x-1");
        assertThat(Slug.of("--a--b--")).isEqualTo("a--b");
        assertThat(Slug.of("/a/")).isEqualTo("a");
        assertThat(Slug.of("_-_")).isEmpty();
        assertThat(Slug.of("")).isEmpty();
    }

    @Test
    void keepsSixtyThreeAndCutsSixtyFour() {
        assertThat(Slug.of("x".repeat(63))).isEqualTo("x".repeat(63));
        assertThat(Slug.of("x".repeat(64)))
                .hasSize(63)
                .startsWith("x".repeat(54) + "-")
                .isNotEqualTo(Slug.of("x".repeat(65)));
    }

    @Test
    void namesHaveABound() {
        String longest = "x".repeat(Slug.MAX_NAME);
        assertThat(Slug.requireName("name", longest)).isEqualTo(longest);
        assertThatThrownBy(() -> Slug.requireName("name", longest + "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name: '" + "x".repeat(60) + "…', 1001 characters (expected: at most 1000)");
    }

    @Test
    void namesBeyondAsciiGetTheirHash() {
        assertThat(Slug.of("über")).startsWith("ber-").hasSize(12);
        assertThat(Slug.of("日本")).matches("[0-9a-f]{8}").isNotEqualTo(Slug.of("日光"));
    }

    @Test
    void isTheSlowModelsSlug() throws Exception {
        Random random = new Random(63);
        String alphabet = "aZ09--//_ .~é日";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder raw = new StringBuilder();
            int length = random.nextInt(4) == 0 ? 50 + random.nextInt(30) : random.nextInt(12);
            int letters = random.nextBoolean() ? alphabet.length() : alphabet.length() - 2;
            while (raw.length() < length) {
                raw.append(alphabet.charAt(random.nextInt(letters)));
            }
            String name = raw.toString();
            assertThat(Slug.of(name)).as(name).isEqualTo(slow(name));
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            SlugBytes wire = new SlugBytes();
            int count = wire.of(bytes, 0, bytes.length);
            assertThat(new String(wire.buffer(), 0, count, StandardCharsets.UTF_8))
                    .isEqualTo(slow(name));
        }
    }

    private static String slow(String raw) throws Exception {
        String joined = raw.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-");
        String slug = joined.replaceAll("^-+|-+$", "");
        if (slug.length() <= 63 && raw.chars().allMatch(c -> c < 128)) {
            return slug;
        }
        String cut = slug.substring(0, Math.min(54, slug.length())).replaceAll("-+$", "");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(raw.getBytes(StandardCharsets.UTF_8));
        String hash = HexFormat.of().formatHex(digest, 0, 4);
        return cut.isEmpty() ? hash : cut + "-" + hash;
    }

    @Test
    void aValueWithControlCharactersHasNone() {
        byte[] value = {'a', 0x1f};
        assertThat(new SlugBytes().of(value, 0, 2)).isEqualTo(SlugBytes.CONTROL);
        assertThat(new SlugBytes().of(new byte[] {0x7f}, 0, 1)).isEqualTo(SlugBytes.CONTROL);
        assertThat(new SlugBytes().of(value, 0, 1)).isEqualTo(1);
    }
}
