package io.laneway.replay.diff.text;

import io.laneway.replay.diff.json.Scalars;
import io.laneway.replay.diff.json.Triple;
import io.laneway.replay.diff.place.CurrentRequest;
import io.laneway.replay.diff.place.Facet;
import io.laneway.replay.diff.place.PlaceNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares three texts by lines. A line's place is what stays of it without its numbers and identifiers, so that the
 * noise of one line is not that of another; those are compared as values. Stateless.
 */
public final class LinesWalk {

    private static final Pattern VALUE = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\d[T ][\\d:.]+(Z|[+-]\\d\\d:?\\d\\d)?|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|(?=[0-9a-f]*\\d)[0-9a-f]{8,}|\\d+(\\.\\d+)?");
    private static final int MAX_NAME = 80;

    private LinesWalk() {}

    /** Compares the texts of a triple. */
    public static void walk(PlaceNode at, Triple it, CurrentRequest request) {
        Map<String, List<String>> base = lines(it.base());
        Map<String, List<String>> again = lines(it.again());
        Map<String, List<String>> lane = lines(it.lane());
        Set<String> all = new LinkedHashSet<>(base.keySet());
        all.addAll(again.keySet());
        all.addAll(lane.keySet());
        for (String form : all) {
            List<String> none = List.of();
            List<String> first = base.getOrDefault(form, none);
            List<String> second = again.getOrDefault(form, none);
            List<String> third = lane.getOrDefault(form, none);
            if (first.equals(second) && first.equals(third)) {
                continue;
            }
            PlaceNode line = at.child(".line[" + name(form) + "]");
            line.mark(request, Facet.SIZE, first.size(), second.size(), third.size());
            if (first.size() == second.size() && first.size() == third.size()) {
                values(line, new Triple(first, second, third), request);
            }
        }
        List<String> order = List.copyOf(base.keySet());
        if (base.keySet().equals(again.keySet()) && base.keySet().equals(lane.keySet())) {
            at.mark(request, Facet.ORDER, order, List.copyOf(again.keySet()), List.copyOf(lane.keySet()));
        }
    }

    private static void values(PlaceNode line, Triple it, CurrentRequest request) {
        List<String> first = values(it.base());
        List<String> second = values(it.again());
        List<String> third = values(it.lane());
        for (int i = 0; i < first.size() && i < second.size() && i < third.size(); i++) {
            Scalars.text(line, new Triple(first.get(i), second.get(i), third.get(i)), request);
        }
    }

    private static List<String> values(@Nullable Object lines) {
        List<String> values = new ArrayList<>();
        if (lines instanceof List<?> list) {
            list.forEach(line -> VALUE.matcher(String.valueOf(line)).results().forEach(it -> values.add(it.group())));
        }
        return values;
    }

    private static Map<String, List<String>> lines(@Nullable Object text) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        for (String line : String.valueOf(text).split("\n", -1)) {
            lines.computeIfAbsent(VALUE.matcher(line).replaceAll("#"), l -> new ArrayList<>())
                    .add(line);
        }
        return lines;
    }

    private static String name(String form) {
        return form.length() <= MAX_NAME ? form : form.substring(0, MAX_NAME) + "… " + form.hashCode();
    }
}
