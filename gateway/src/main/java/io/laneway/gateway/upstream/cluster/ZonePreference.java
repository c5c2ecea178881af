package io.laneway.gateway.upstream.cluster;

import io.laneway.gateway.upstream.balance.WeightedChoice;
import io.laneway.gateway.upstream.balance.ZoneWeights;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of a cluster's endpoints come first for a gateway, by their zones. Immutable.
 *
 * @param order   all of them: those of the own zone, those of others that get requests, the rest
 * @param choice  over as many of the first as get requests
 * @param locals  how many are of the own zone
 * @param percent of the requests that they get
 */
record ZonePreference(List<ClusterMember> order, WeightedChoice choice, int locals, int percent) {

    /** No endpoint of the own zone, or of another one, is there. */
    static final ZonePreference NONE = new ZonePreference(List.of(), WeightedChoice.of(), 0, 0);

    /** For usable endpoints and the gateway's zone, which may be empty. */
    static ZonePreference of(List<ClusterMember> usable, String own) {
        if (own.isEmpty()) {
            return NONE;
        }
        List<String> zones = usable.stream().map(ZonePreference::zone).toList();
        int[] weights = usable.stream()
                .mapToInt(member -> member.endpoint().published().weight())
                .toArray();
        int[] seen = ZoneWeights.of(own, zones, weights);
        if (seen == null) {
            return NONE;
        }
        int[] order = IntStream.range(0, seen.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> zones.get(i).equals(own) ? 0 : seen[i] > 0 ? 1 : 2))
                .mapToInt(Integer::intValue)
                .toArray();
        int locals = (int) zones.stream().filter(own::equals).count();
        int[] ofChosen =
                Arrays.stream(order).map(i -> seen[i]).filter(each -> each > 0).toArray();
        long kept = Arrays.stream(ofChosen, 0, locals).asLongStream().sum();
        long all = Arrays.stream(ofChosen).asLongStream().sum();
        return new ZonePreference(
                Arrays.stream(order).mapToObj(usable::get).toList(), WeightedChoice.of(ofChosen), locals, (int)
                        Math.round(100.0 * kept / all));
    }

    private static String zone(ClusterMember member) {
        return member.endpoint().published().zone();
    }

    /** How endpoints are chosen, for people. */
    String text(String own) {
        return "zone " + own + " has " + locals + " of " + order.size() + " usable endpoints: " + percent
                + "% of requests stay in it";
    }
}
