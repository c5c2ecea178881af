package io.laneway.gateway.traffic.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.laneway.gateway.traffic.verified.VerifiedTexts;
import io.laneway.router.text.Slice;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tokens that are found again: by their whole text, until they end, within bounds, without allocation. */
class TokenCacheTest {

    private static final VerificationKey KEY =
            new VerificationKey("k1", null, "t", Set.of("RS256"), (algorithm, signed, signature) -> true);

    private final Random random = new Random(7);

    private byte[] text(int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ('a' + random.nextInt(26));
        }
        return text;
    }

    private static VerifiedToken token(byte[] text, long end) {
        JsonMembers claims =
                JsonMembers.read("{\"iss\":\"i\",\"org\":\"demo\",\"n\":7,\"exp\":1}".getBytes(StandardCharsets.UTF_8));
        assertThat(claims).isNotNull();
        return new VerifiedToken(text, new TokenClaims(claims), KEY, end, new byte[0][]);
    }

    private static VerifiedToken find(VerifiedTexts<VerifiedToken> cache, byte[] text) {
        return cache.find(text, 0, text.length);
    }

    @Test
    void aTokenIsFoundByItsWholeTextWhereverThatStands() {
        VerifiedTexts<VerifiedToken> cache = new VerifiedTexts<>(16, 1 << 20);
        byte[] text = text(800);
        cache.add(token(text, 10), 0);
        byte[] line = new byte[1000];
        System.arraycopy(text, 0, line, 100, text.length);
        assertThat(cache.find(line, 100, text.length)).isNotNull();
        for (int i = 0; i < text.length; i++) {
            byte[] other = text.clone();
            other[i]++;
            assertThat(find(cache, other)).as("byte %d", i).isNull();
        }
        assertThat(cache.find(line, 100, text.length - 1)).isNull();
        assertThat(cache.find(line, 100, text.length + 1)).isNull();
        assertThat(cache.find(line, 0, 0)).isNull();
    }

    @Test
    void theSameTokenIsKeptOnce() {
        VerifiedTexts<VerifiedToken> cache = new VerifiedTexts<>(16, 1 << 20);
        byte[] text = text(800);
        cache.add(token(text, 10), 0);
        cache.add(token(text, 10), 0);
        assertThat(cache.count()).isEqualTo(1);
    }

    @Test
    void itIsBoundedInNumberAndBytesAndKeepsWhatIsUsed() {
        VerifiedTexts<VerifiedToken> cache = new VerifiedTexts<>(64, 200 * 1_600);
        byte[] used = text(800);
        cache.add(token(used, 10), 0);
        for (int i = 0; i < 5_000; i++) {
            assertThat(find(cache, used)).as("after %d others", i).isNotNull();
            cache.add(token(text(800), 10), 0);
        }
        assertThat(cache.count()).isBetween(100, 200);
        VerifiedTexts<VerifiedToken> small = new VerifiedTexts<>(1, 1 << 20);
        for (int i = 0; i < 100; i++) {
            small.add(token(text(800), 10), 0);
        }
        assertThat(small.count()).isEqualTo(8);
        cache.add(token(text(1 << 20), 10), 0);
        assertThat(cache.count()).isPositive();
    }

    @Test
    void thoseThatEndedGoFirst() {
        VerifiedTexts<VerifiedToken> cache = new VerifiedTexts<>(1, 1 << 20);
        byte[] ended = text(800);
        cache.add(token(ended, 5), 0);
        find(cache, ended);
        for (int i = 0; i < 7; i++) {
            byte[] one = text(800);
            cache.add(token(one, 10), 0);
            find(cache, one);
        }
        cache.add(token(text(800), 10), 6);
        assertThat(find(cache, ended)).isNull();
        assertThat(cache.count()).isEqualTo(8);
    }

    @Test
    void findingOneAndItsClaimAllocatesNothing() {
        VerifiedTexts<VerifiedToken> cache = new VerifiedTexts<>(2048, 1 << 20);
        byte[] text = text(1_000);
        cache.add(token(text, 10), 0);
        byte[] org = "org".getBytes(StandardCharsets.UTF_8);
        Slice into = new Slice();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            int found = 0;
            for (int i = 0; i < 10_000; i++) {
                VerifiedToken token = find(cache, text);
                found += token != null && token.counts(9) && token.find(org, into) ? into.length() : 0;
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            assertThat(found).isEqualTo(40_000);
        }
        assertThat(least).as("bytes for 10 000 requests").isLessThan(10_000);
    }
}
