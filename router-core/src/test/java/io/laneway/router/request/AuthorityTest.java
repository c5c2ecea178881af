package io.laneway.router.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.text.Slice;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An authority is taken apart as RFC 9110 section 7.2 and RFC 3986 section 3.2 say. */
class AuthorityTest {

    private static String host(String authority) {
        Slice into = new Slice();
        Authority.host(Slice.of(authority), into);
        return into.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "order,                     order,              0",
        "order:80,                  order,              80",
        "order.example.com.,        order.example.com,  0",
        "order.example.com.:8443,   order.example.com,  8443",
        "[::1],                     [::1],              0",
        "[2001:db8::1]:9000,        [2001:db8::1],      9000",
        "order:,                    order,              0",
        "order:x,                   order,              0",
        "order:8x,                  order,              0",
        "order:65535,               order,              65535",
        "order:65536,               order,              0",
        "order:99999999999,         order,              0",
        "order:80:90,               order,              0",
        ".,                         .,                  0",
        ":80,                       '',                 80",
        "'',                        '',                 0"
    })
    void hostAndPort(String authority, String host, int port) {
        assertThat(host(authority)).isEqualTo(host);
        assertThat(Authority.port(Slice.of(authority))).isEqualTo(port);
    }

    @Test
    void isWhatLookingAtEachCharacterFinds() {
        Random random = new Random(7);
        String alphabet = "ab.:[]019:";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(24); n > 0; n--) {
                text.append(random.nextInt(4) > 0 ? 'a' : alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String authority = text.toString();
            int colon = colon(authority);
            String host = authority.substring(0, colon);
            boolean dot = host.length() > 1 && host.endsWith(".");

            assertThat(host(authority)).as(authority).isEqualTo(dot ? host.substring(0, host.length() - 1) : host);
            assertThat(Authority.port(Slice.of(authority))).as(authority).isEqualTo(port(authority, colon));
        }
    }

    private static int colon(String authority) {
        boolean bracket = false;
        for (int i = 0; i < authority.length(); i++) {
            char c = authority.charAt(i);
            bracket = c == '[' || (bracket && c != ']');
            if (c == ':' && !bracket) {
                return i;
            }
        }
        return authority.length();
    }

    private static int port(String authority, int colon) {
        String digits = colon < authority.length() ? authority.substring(colon + 1) : "";
        return digits.matches("\\d+") && new java.math.BigInteger(digits).bitLength() <= 16
                ? Integer.parseInt(digits)
                : 0;
    }
}
