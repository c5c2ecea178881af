package io.laneway.router.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtClaimTest {

    private static String bearer(String payload) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return "Bearer e30." + encoder.encodeToString(payload.getBytes(StandardCharsets.UTF_8)) + ".sig";
    }

    private static String claim(String authorization, String name) {
        Slice into = new Slice();
        return JwtClaim.find(Slice.of(authorization), name.getBytes(StandardCharsets.UTF_8), into)
                ? into.toString()
                : null;
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "{\"tenant\":\"acme\"} | acme",
                "{ \"a\" : 1 , \"tenant\" : \"acme\" } | acme",
                "{\"tenant\":42} | 42",
                "{\"tenant\":\"caf\\u00e9\"} | café",
                "{\"tenant\":\"a\\\"b\"} | a\"b",
                "{\"x\":{\"tenant\":\"inner\"},\"tenant\":\"acme\"} | acme",
                "{\"x\":[\"tenant\",\"no\"],\"tenant\":\"acme\"} | acme"
            })
    void aTopLevelClaimIsRead(String payload, String tenant) {
        assertThat(claim(bearer(payload), "tenant")).isEqualTo(tenant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"x\":{\"tenant\":\"inner\"}}",
                "[\"tenant\",\"acme\"]",
                "",
                "{\"tenant\":",
                "{\"tenant\":{\"id\":1}}",
                "tenant"
            })
    void whatIsNoTextOrNumberAtTheTopIsNoClaim(String payload) {
        assertThat(claim(bearer(payload), "tenant")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Basic dXNlcjpwYXNz",
                "Bearer a",
                "Bearer a.b",
                "Bearer a.!!.c",
                "bearer.a.b.c"
            })
    void whatIsNoTokenHasNoClaim(String authorization) {
        assertThat(claim(authorization, "tenant")).isNull();
    }

    @Test
    void theSchemeIsReadInAnyCase() {
        String token = bearer("{\"tenant\":\"acme\"}");
        assertThat(claim("bEARER" + token.substring("Bearer".length()), "tenant"))
                .isEqualTo("acme");
    }

    @Test
    void noBytesMakeItThrow() {
        Random random = new Random(17);
        String valid = bearer("{\"tenant\":\"acme\",\"n\":[1,2,{\"a\":null}]}");
        for (int i = 0; i < 5_000; i++) {
            StringBuilder broken = new StringBuilder(valid);
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                broken.setCharAt(random.nextInt(broken.length()), (char) (32 + random.nextInt(95)));
            }
            String claim = claim(broken.toString(), "tenant");
            assertThat(claim == null || !claim.isEmpty()).as("%s", broken).isTrue();
        }
    }
}
