package io.laneway.router.document.fields;

import io.laneway.router.document.tree.Location;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.unit.Durations;
import io.laneway.router.unit.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of one mapping as typed values. Confined to one thread.
 *
 * <pre>{@code
 * Fields fields = Fields.of(node, problems);
 * String name = fields.text("name");
 * int max = fields.integer("max", 0, 10, 1);
 * return fields.build(() -> new Thing(name, max));
 * }</pre>
 *
 * <p>An accessor never throws: what is wrong becomes a problem, and the accessor returns the fallback, or for a required
 * key a placeholder, which {@link #build} then keeps from being used. A key whose value is {@code null} counts as absent.
 * One without any value, as in {@code limits:}, counts so only for texts, which may come from a variable, and for lists and
 * maps: what it would be for others is a guess. The keys that were asked for are the keys that exist: {@link #build} and
 * {@link #end} report the others.
 */
public final class Fields {

    private final Node node;
    private final Map<String, Node> members;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> refused = new HashSet<>();
    private boolean failed;

    private Fields(Node node, Map<String, Node> members, Problems problems) {
        this.node = node;
        this.members = members;
        this.problems = problems;
    }

    /** Begins to read a node, which should be a mapping; if it is none, that is the one problem reported. */
    public static Fields of(Node node, Problems problems) {
        if (node instanceof Mapping mapping) {
            return new Fields(node, mapping.members(), problems);
        }
        problems.add(node, node.described(), "a mapping");
        Fields fields = new Fields(node, Map.of(), problems);
        fields.failed = true;
        return fields;
    }

    /** The same of a mapping none of whose keys may lack a value, since without it something would be less strict. */
    public static Fields withValues(Node node, Problems problems) {
        Fields fields = of(node, problems);
        fields.members.keySet().forEach(key -> fields.refuseNull(key, "a value, or no such key"));
        return fields;
    }

    /** Refuses a key that is there without a value, however that is written: it must not be off by accident. */
    public void withValue(String key, String expected) {
        known.add(key);
        refuseNull(key, expected);
    }

    /** Does not make a key one that exists. */
    private void refuseNull(String key, String expected) {
        Node member = members.get(key);
        if (member != null && isNull(member)) {
            problem(key, member.described(), expected);
            refused.add(key);
        }
    }

    private static boolean isNull(Node node) {
        return node instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NULL;
    }

    /** Whether the key is there with no value at all. */
    public boolean isEmpty(String key) {
        return members.get(key) instanceof Scalar scalar
                && scalar.kind() == Scalar.Kind.NULL
                && scalar.text().isEmpty();
    }

    /** Whether the key is there and not null. */
    public boolean has(String key) {
        return optionalNode(key) != null;
    }

    /** The node of a key, whatever it is; null if absent. */
    public @Nullable Node optionalNode(String key) {
        known.add(key);
        Node member = members.get(key);
        return member == null || isNull(member) ? null : member;
    }

    /** Where the mapping stands. */
    public Location location() {
        return node.location();
    }

    /** The problems that this reader adds to, for readers of nested nodes. */
    public Problems problems() {
        return problems;
    }

    /** Adds a problem at a key, or at this mapping where the key is absent, and keeps {@link #build} from building. */
    public void problem(String key, String what, String expected) {
        failed = true;
        if (refused.contains(key)) {
            return;
        }
        Node member = members.get(key);
        Location location =
                member == null ? node.location().member(key, node.location().line()) : member.location();
        problems.add(location, what, expected);
    }

    /** A required text that is not empty. */
    public String text(String key) {
        return required(key, "a text", Values::text, "");
    }

    /** An optional text, null if absent. */
    public @Nullable String optionalText(String key) {
        return sparing(key, Values::text);
    }

    /** A text, or the fallback where absent. It may be empty. */
    public String text(String key, String fallback) {
        String text = sparing(key, Values::anyText);
        return text == null ? fallback : text;
    }

    /** A text that is not empty, or the fallback where the key is absent: for keys that mean nothing without one. */
    public String filled(String key, String fallback) {
        String text = optionalText(key);
        return text == null ? fallback : text;
    }

    /** A required whole number in a range, both ends inclusive. */
    public int integer(String key, int min, int max) {
        return required(key, Values.range(min, max), (n, p) -> Values.integer(n, min, max, p), min);
    }

    /** A whole number in a range, both ends inclusive, or the fallback where absent. */
    public int integer(String key, int min, int max, int fallback) {
        return or(key, (n, p) -> Values.integer(n, min, max, p), fallback);
    }

    /** A whole number that may be large, in a range, or the fallback where absent. */
    public long number(String key, long min, long max, long fallback) {
        return or(key, (n, p) -> Values.number(n, min, max, p), fallback);
    }

    /** A boolean, or the fallback where absent. */
    public boolean bool(String key, boolean fallback) {
        return or(key, Values::bool, fallback);
    }

    /** A duration such as {@code 500ms}, or the fallback where absent. */
    public Duration duration(String key, Duration fallback) {
        return or(key, (n, p) -> Values.parsed(n, Durations::parse, p), fallback);
    }

    /** A duration such as {@code 500ms}; null where absent or {@code off}. */
    public @Nullable Duration optionalDuration(String key) {
        return isOff(key) ? null : optional(key, (n, p) -> Values.parsed(n, Durations::parse, p));
    }

    /** A required share such as {@code 12.5%}. */
    public Share share(String key) {
        return required(key, "a percentage such as 20%", (n, p) -> Values.parsed(n, Share::parse, p), Share.NONE);
    }

    /** A share such as {@code 12.5%}, or the fallback where absent. */
    public Share share(String key, Share fallback) {
        return or(key, (n, p) -> Values.parsed(n, Share::parse, p), fallback);
    }

    /** A whole percentage such as {@code 20%}, as 0 to 100, or the fallback where absent. */
    public int percent(String key, int fallback) {
        return or(key, Values::percent, fallback);
    }

    /** An instant in ISO 8601 such as {@code 2026-12-01T00:00:00Z}; null where absent. */
    public @Nullable Instant optionalInstant(String key) {
        return optional(key, Values::instant);
    }

    /** One of some words, or the fallback where absent. */
    public <E> E word(String key, E[] values, Function<E, String> word, E fallback) {
        return or(key, (n, p) -> Values.word(n, Arrays.asList(values), word, p), fallback);
    }

    /** One of some words; a problem where absent. */
    public <E> E word(String key, E[] values, Function<E, String> word) {
        List<E> all = Arrays.asList(values);
        return required(key, Values.words(all, word), (n, p) -> Values.word(n, all, word, p), values[0]);
    }

    /** The texts of a list, empty where absent. */
    public List<String> texts(String key) {
        return list(key, Values::text);
    }

    /** The texts of a list, or the fallback where absent. */
    public List<String> texts(String key, List<String> fallback) {
        return has(key) ? texts(key) : fallback;
    }

    /** The values of a list without those that are wrong, empty where absent. */
    public <T> List<T> list(String key, NodeReader<T> item) {
        List<T> values = sparing(key, (n, p) -> Values.list(n, item, p));
        return values == null ? List.of() : values;
    }

    /** The texts of a mapping by their keys, empty where absent. Numbers and booleans count as they are written. */
    public Map<String, String> textMap(String key) {
        return map(key, Values::scalar);
    }

    /** The values of a mapping by their keys, empty where absent. */
    public <T> Map<String, T> map(String key, NodeReader<T> member) {
        Map<String, T> values = sparing(key, (n, p) -> Values.map(n, member, p));
        return values == null ? new LinkedHashMap<>() : values;
    }

    /** A required value of a form of its own. Null if it is absent or wrong. */
    public <T> @Nullable T object(String key, NodeReader<T> reader) {
        T value = optionalObject(key, reader);
        if (value == null && !has(key)) {
            problem(key, "missing", "a value");
        }
        failed |= value == null;
        return value;
    }

    /** A value of a form of its own, null if it is absent, {@code off} or wrong. */
    public <T> @Nullable T optionalObject(String key, NodeReader<T> reader) {
        return isOff(key) ? null : optional(key, reader);
    }

    /** A value of a form of its own that guards something: null if it is absent, {@code off} or wrong, and never by accident. */
    public <T> @Nullable T guard(String key, NodeReader<T> reader) {
        withValue(key, "a mapping, or off");
        return optionalObject(key, reader);
    }

    /** A value of a form of its own, or the fallback where it is absent or wrong. */
    public <T> T object(String key, NodeReader<T> reader, T fallback) {
        return or(key, reader, fallback);
    }

    /** The one key of these that is there; null after a problem if there is none or more than one. */
    public @Nullable String oneOf(String... keys) {
        List<String> there = new ArrayList<>();
        for (String key : keys) {
            if (has(key)) {
                there.add(key);
            }
        }
        if (there.size() == 1) {
            return there.get(0);
        }
        failed = true;
        problems.add(
                node,
                there.isEmpty() ? "none of its keys" : String.join(" and ", there),
                "one of " + String.join(", ", keys));
        return null;
    }

    /** Whether the key says {@code off}. */
    public boolean isOff(String key) {
        return optionalNode(key) instanceof Scalar scalar && scalar.text().equals("off");
    }

    /** Reports the keys that were not asked for. */
    public void end() {
        for (Map.Entry<String, Node> member : members.entrySet()) {
            if (!known.contains(member.getKey())) {
                problems.unknown(
                        member.getValue().location(), "unknown key", Suggestions.among(member.getKey(), known));
            }
        }
    }

    /**
     * Ends the reading with the value that the keys make. Null if a required one is absent or wrong, or if the value
     * refuses them: then its {@link IllegalArgumentException} has become a problem.
     */
    public <T> @Nullable T build(Supplier<T> value) {
        end();
        if (failed) {
            return null;
        }
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            problems.add(Refusals.problem(node, members, e));
            return null;
        }
    }

    private <T> T required(String key, String expected, NodeReader<T> reader, T placeholder) {
        T value = required(key, expected, reader);
        return value == null ? placeholder : value;
    }

    /** A required value of any type; null after a problem if it is absent or wrong. */
    public <T> @Nullable T required(String key, String expected, NodeReader<T> reader) {
        Node member = optionalNode(key);
        T value = member == null ? null : reader.read(member, problems);
        if (member == null && node instanceof Mapping) {
            problem(key, "missing", expected);
        }
        failed |= value == null;
        return value;
    }

    /** A value of any type; null if it is absent or wrong. */
    public <T> @Nullable T optional(String key, NodeReader<T> reader) {
        Node member = optionalNode(key);
        if (member == null && isEmpty(key) && !refused.contains(key)) {
            member = members.get(key);
        }
        return member == null ? null : reader.read(member, problems);
    }

    /** The same where no value at all is as good as no key. */
    private <T> @Nullable T sparing(String key, NodeReader<T> reader) {
        Node member = optionalNode(key);
        return member == null ? null : reader.read(member, problems);
    }

    private <T> T or(String key, NodeReader<T> reader, T fallback) {
        T value = optional(key, reader);
        return value == null ? fallback : value;
    }
}
