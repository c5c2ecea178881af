package io.laneway.replay.diff;

import io.laneway.replay.diff.place.Facet;
import io.laneway.replay.diff.place.Odd;
import io.laneway.replay.diff.place.Place;
import io.laneway.replay.diff.place.Share;
import io.laneway.replay.diff.report.Finding;
import io.laneway.replay.diff.report.Level;
import io.laneway.replay.diff.rules.DiffRules;
import io.laneway.replay.diff.rules.Tolerance;
import io.laneway.replay.diff.stat.ExactTest;
import io.laneway.replay.diff.stat.FalseDiscoveries;
import io.laneway.replay.diff.stat.FalseDiscoveries.Result;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says which places differ beyond base's own noise (decision 0365). Confined to one thread.
 */
final class Judge {

    /** The share of findings that may be false. */
    private static final double LEVEL = 0.01;

    /** By how much more than base from itself a lane's number may be away. */
    private static final double FACTOR = 2;

    /** Times that are those of the response differ by this much between two clocks, in milliseconds. */
    private static final double CLOCKS = 60_000;

    /** Endpoints with so few requests cannot have a significant difference. */
    private static final int FEW = 6;

    private final List<ComparedEndpoint> endpoints;
    private final DiffRules rules;

    /** Names of members and headers, by facet, at which base differs from itself somewhere. */
    private final Set<String> noisy = new HashSet<>();

    private final Map<Facet, Integer> noisyEndpoints = new java.util.EnumMap<>(Facet.class);

    Judge(List<ComparedEndpoint> endpoints, DiffRules rules) {
        this.endpoints = endpoints;
        this.rules = rules;
    }

    /** A test of a place. Immutable. */
    private record Tested(ComparedEndpoint endpoint, Place place, int lane, String what, Result result) {}

    List<Finding> findings() {
        endpoints.forEach(this::learn);
        List<Tested> tests = new ArrayList<>();
        endpoints.forEach(endpoint -> endpoint.places(place -> test(endpoint, place, tests)));
        double[] chances =
                FalseDiscoveries.corrected(tests.stream().map(Tested::result).toList(), LEVEL);
        Map<Place, Finding> findings = new LinkedHashMap<>();
        for (int i = 0; i < chances.length; i++) {
            Tested test = tests.get(i);
            Level level = level(test, chances[i]);
            if (level != null) {
                findings.merge(test.place(), finding(test, level, chances[i]), Judge::surer);
            }
        }
        return List.copyOf(findings.values());
    }

    private static Finding surer(Finding one, Finding other) {
        return other.level().compareTo(one.level()) < 0 ? other : one;
    }

    private static Finding finding(Tested it, Level level, double chance) {
        Place place = it.place();
        return new Finding(
                level,
                it.endpoint().name(),
                place.path(),
                place.facet(),
                it.what(),
                it.endpoint().requests(),
                it.lane(),
                Math.max(place.count(Odd.BASE), place.count(Odd.AGAIN)),
                chance,
                place.examples());
    }

    private void learn(ComparedEndpoint endpoint) {
        Set<Facet> facets = new HashSet<>();
        endpoint.places(place -> {
            if (place.varies()) {
                noisy.add(name(place));
            }
            if (place.count(Odd.BASE) + place.count(Odd.AGAIN) > 0) {
                facets.add(place.facet());
            }
        });
        facets.forEach(facet -> noisyEndpoints.merge(facet, 1, Integer::sum));
    }

    private static String name(Place place) {
        String path = place.path();
        return place.facet() + " " + path.substring(path.lastIndexOf('.') + 1);
    }

    private void test(ComparedEndpoint endpoint, Place place, List<Tested> tests) {
        if (rules.ignores(endpoint.name(), place.path(), place.facet().word())) {
            return;
        }
        int lane = lane(endpoint, place);
        int odd = place.count(Odd.LANE) + place.count(Odd.BASE) + place.count(Odd.AGAIN);
        tests.add(new Tested(endpoint, place, lane, Words.of(place), result(lane, odd, 0)));
        if (place.varies()) {
            place.shares().forEach((value, share) -> {
                String what = "has " + value + " in " + share.hits() + " of the " + (share.once() + share.twice())
                        + " requests in which one of the three has it";
                tests.add(new Tested(endpoint, place, share.hits(), what, of(share)));
            });
        }
    }

    private static Result of(Share share) {
        return result(share.hits(), share.once(), share.twice());
    }

    private static Result result(int hits, int once, int twice) {
        return new Result(ExactTest.atLeast(hits, once, twice), ExactTest.atLeast(once + twice, once, twice));
    }

    private int lane(ComparedEndpoint endpoint, Place place) {
        if (place.facet() != Facet.NUMBER && place.facet() != Facet.TIME) {
            return place.count(Odd.LANE);
        }
        if (place.facet() == Facet.NUMBER && place.samples().isCounter()) {
            return 0;
        }
        Tolerance given =
                rules.tolerance(endpoint.name(), place.path(), place.facet().word());
        boolean time = place.facet() == Facet.TIME;
        double clocks = time && noisy.contains(name(place)) ? CLOCKS : 0;
        double distance = time ? Math.max(given.millis(), clocks) : given.number();
        return place.samples().beyond(distance, time ? 0 : given.share(), FACTOR);
    }

    private @org.jspecify.annotations.Nullable Level level(Tested it, double chance) {
        if (it.lane() > 0 && chance <= LEVEL) {
            return Level.DIFFERS;
        }
        boolean quiet = it.lane() > 0 && !it.place().varies() && !noisy.contains(name(it.place()));
        if (!quiet) {
            return null;
        }
        int requests = it.endpoint().requests();
        boolean always = it.lane() == requests && requests <= FEW;
        int others = noisyEndpoints.getOrDefault(it.place().facet(), 0);
        return always && 20 * others <= endpoints.size() ? Level.DIFFERS : Level.UNSURE;
    }
}
