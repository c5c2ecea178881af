package io.laneway.control.join;

import io.laneway.router.text.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Ids of joins: the time, so that of two the later one is greater, then what the joiner calls itself, so that a joiner that
 * comes again is known at each replica, then chance. Stateless.
 */
final class JoinIds {

    private static final int TIME = 9;
    private static final int NAME = 12;
    private static final int CHANCE_BITS = 100;
    private static final int RADIX = 36;
    private static final SecureRandom RANDOM = new SecureRandom();

    private JoinIds() {}

    static String of(long millis, String joiner) {
        String time = Long.toString(millis, RADIX);
        return "0".repeat(Math.max(0, TIME - time.length())) + time + name(joiner) + chance();
    }

    /** Whether a join is by this process. */
    static boolean isOf(String id, String joiner) {
        return !joiner.isEmpty() && id.startsWith(name(joiner), TIME);
    }

    private static String name(String joiner) {
        byte[] hash = Sha256.digest().digest(joiner.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash).substring(0, NAME);
    }

    private static String chance() {
        return new BigInteger(CHANCE_BITS, RANDOM).toString(RADIX);
    }
}
