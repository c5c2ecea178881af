package io.laneway.replay.diff.json;

import io.laneway.replay.diff.place.CurrentRequest;
import io.laneway.replay.diff.place.Distances;
import io.laneway.replay.diff.place.Facet;
import io.laneway.replay.diff.place.PlaceNode;
import io.laneway.replay.diff.place.Values;
import org.jspecify.annotations.Nullable;

/** Compares three texts or numbers. Stateless. */
public final class Scalars {

    private Scalars() {}

    /** Compares three texts: times and numbers in them by their distance. */
    public static void text(PlaceNode at, Triple it, CurrentRequest request) {
        if (it.alike()) {
            return;
        }
        Values values = Values.of(it.base(), it.again(), it.lane());
        Triple forms = it.map(text -> Formats.of(String.valueOf(text)));
        at.mark(request, Facet.FORMAT, forms.base(), forms.again(), forms.lane());
        Distances times = distances(it.map(text -> Times.millis(String.valueOf(text))));
        if (times != null) {
            at.mark(request, Facet.TIME, times, values);
            return;
        }
        at.mark(request, Facet.VALUE, it.base(), it.again(), it.lane());
        Distances numbers = distances(it.map(text -> decimal(String.valueOf(text))));
        if (numbers != null) {
            at.mark(request, Facet.NUMBER, numbers, values);
        }
    }

    /** Compares three numbers, or times since 1970. */
    static void number(PlaceNode at, Triple it, CurrentRequest request) {
        Values values = Values.of(it.base(), it.again(), it.lane());
        Triple units = it.map(number -> number instanceof Number known ? Times.unit(known) : -1);
        if (units.alike() && units.base() instanceof Integer unit && unit >= 0) {
            Distances times =
                    distances(it.map(number -> number instanceof Number known ? Times.millis(known, unit) : null));
            if (times != null) {
                at.mark(request, Facet.TIME, times, values);
            }
            return;
        }
        at.mark(request, Facet.FORMAT, unit(units.base()), unit(units.again()), unit(units.lane()));
        Distances numbers = distances(it);
        if (numbers == null) {
            return;
        }
        if (numbers.base() == numbers.again() && numbers.base() == numbers.of()) {
            // 1 and 1.0 are one number, whole numbers beyond 2^53 are not
            boolean whole = it.all(Long.class) || it.all(java.math.BigInteger.class);
            if (whole) {
                at.mark(request, Facet.VALUE, it.base(), it.again(), it.lane());
            }
            return;
        }
        at.mark(request, Facet.NUMBER, numbers, values);
    }

    private static String unit(@Nullable Object unit) {
        return unit instanceof Integer known && known >= 0 ? "time since 1970" : "number";
    }

    private static @Nullable Distances distances(Triple it) {
        return it.base() instanceof Number base
                        && it.again() instanceof Number again
                        && it.lane() instanceof Number lane
                ? new Distances(base.doubleValue(), again.doubleValue(), lane.doubleValue())
                : null;
    }

    private static @Nullable Double decimal(String text) {
        return text.length() < 30 && text.matches("-?\\d+(\\.\\d+)?") ? Double.valueOf(text) : null;
    }
}
