package io.laneway.gateway.upstream.balance;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Places on a ring of hashes, as many points for each as its weight says (Karger et al., Consistent Hashing and Random
 * Trees). A key belongs to the place whose point follows its hash, so that a place that comes or goes moves only the
 * keys next to its own points. Immutable.
 */
public final class HashRing {

    private static final int POINTS = 160;
    private static final int MAX_POINTS = 1 << 16;

    private final long[] points;
    private final int[] places;

    private HashRing(long[] points, int[] places) {
        this.points = points;
        this.places = places;
    }

    /**
     * A ring of named places; a name's points are the same whatever other names there are.
     *
     * @param weights each at least 1
     */
    public static HashRing of(List<String> names, int[] weights) {
        long wanted = 0;
        for (int weight : weights) {
            wanted += (long) POINTS * weight;
        }
        double scale = Math.min(1, (double) MAX_POINTS / Math.max(1, wanted));
        List<long[]> byHash = new java.util.ArrayList<>();
        for (int place = 0; place < weights.length; place++) {
            long count = Math.max(1, (long) (POINTS * (double) weights[place] * scale));
            for (long i = 0; i < count; i++) {
                byHash.add(new long[] {hash(names.get(place) + '#' + i), place});
            }
        }
        byHash.sort((a, b) -> Long.compareUnsigned(a[0], b[0]));
        long[] points = new long[byHash.size()];
        int[] places = new int[byHash.size()];
        for (int i = 0; i < points.length; i++) {
            points[i] = byHash.get(i)[0] ^ Long.MIN_VALUE;
            places[i] = (int) byHash.get(i)[1];
        }
        return new HashRing(points, places);
    }

    /** The place to which a key's hash belongs. */
    public int place(long hash) {
        int found = Arrays.binarySearch(points, hash ^ Long.MIN_VALUE);
        int at = found >= 0 ? found : -found - 1;
        return places[at == points.length ? 0 : at];
    }

    /** A text's hash. */
    public static long hash(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return hash(bytes, 0, bytes.length);
    }

    /** The hash of bytes: FNV-1a, with the bits spread at the end by the finisher of SplitMix64. */
    public static long hash(byte[] bytes, int offset, int length) {
        long hash = 0xcbf29ce484222325L;
        for (int i = offset; i < offset + length; i++) {
            hash = (hash ^ (bytes[i] & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
