package io.laneway.k8s.imports.source;

import io.laneway.router.document.tree.Location;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of a document that is imported. Confined to one thread. A value that is read is taken; what was not read is
 * named by {@link #reportRest} at the end, so that an import loses nothing it does not know of. Keys are found in
 * {@code snake_case} and in {@code camelCase}, as protobuf's JSON has them.
 */
public final class Tracked {

    private final Node node;
    private final Ledger ledger;

    private Tracked(Node node, Ledger ledger) {
        this.node = node;
        this.ledger = ledger;
    }

    /** The root of a document of which nothing is taken yet. */
    public static Tracked root(Node document) {
        return new Tracked(document, new Ledger());
    }

    public Location location() {
        return node.location();
    }

    /** The node below these keys, null if there is none; one with nothing in it is taken by being found. */
    public @Nullable Tracked at(String... keys) {
        Node now = find(keys);
        if (now == null) {
            return null;
        }
        if (empty(now)) {
            ledger.take(now);
        }
        return new Tracked(now, ledger);
    }

    /** Whether there is something below these keys; takes nothing. */
    public boolean has(String... keys) {
        return find(keys) != null;
    }

    /** The items of a list below these keys, empty if there is none; a single value stands for a list of itself. */
    public List<Tracked> items(String... keys) {
        Node found = find(keys);
        List<Tracked> items = new ArrayList<>();
        if (found instanceof Sequence list) {
            if (list.items().isEmpty()) {
                ledger.take(list);
            }
            list.items().forEach(item -> items.add(new Tracked(item, ledger)));
        } else if (found instanceof Scalar) {
            items.add(new Tracked(found, ledger));
        }
        return items;
    }

    /** The items of this list; empty for anything else. */
    public List<Tracked> elements() {
        return node instanceof Sequence ? items() : List.of();
    }

    /** The members of a mapping below these keys, in document order; empty for anything else. */
    public Map<String, Tracked> members(String... keys) {
        Map<String, Tracked> members = new LinkedHashMap<>();
        if (find(keys) instanceof Mapping mapping) {
            mapping.members().forEach((key, value) -> members.put(key, new Tracked(value, ledger)));
        }
        return members;
    }

    /** A text, number or boolean below these keys, which is taken; null if there is none. */
    public @Nullable String text(String... keys) {
        Node found = find(keys);
        String text = text(found);
        if (found != null && text != null) {
            ledger.take(found);
        }
        return text;
    }

    /** The same without taking it. */
    public @Nullable String peek(String... keys) {
        return text(find(keys));
    }

    /** Takes the value below these keys if it is this one, in any case: for what has no effect when it says so. */
    public boolean takeIf(String value, String... keys) {
        return value.equalsIgnoreCase(peek(keys)) && text(keys) != null;
    }

    /** Takes everything here: it was read elsewhere, or named already. */
    public void take() {
        ledger.take(node);
    }

    /** Takes the values of these members: names and notes that change no request. What has members stays to be named. */
    public void ignore(String... keys) {
        for (String key : keys) {
            at(key);
            text(key);
        }
    }

    /** Names this in the report as not taken, with the reason, and all in it with it. */
    public void refuse(Report report, String what, String expected) {
        report.notTaken(node.location(), what, expected);
        take();
    }

    /** Names everything here that was not taken. */
    public void reportRest(Report report) {
        ledger.rest(node, report);
    }

    private @Nullable Node find(String... keys) {
        Node now = node;
        for (String key : keys) {
            Node next = member(now, key);
            if (next == null) {
                return null;
            }
            now = next;
        }
        return now;
    }

    private static @Nullable Node member(Node node, String key) {
        if (!(node instanceof Mapping mapping)) {
            return null;
        }
        Node member = mapping.members().get(key);
        return member == null ? mapping.members().get(camel(key)) : member;
    }

    private static @Nullable String text(@Nullable Node node) {
        return node instanceof Scalar scalar && scalar.kind() != Scalar.Kind.NULL ? scalar.text() : null;
    }

    private static boolean empty(Node node) {
        return (node instanceof Mapping mapping && mapping.members().isEmpty())
                || (node instanceof Sequence list && list.items().isEmpty())
                || (node instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NULL);
    }

    private static String camel(String key) {
        String[] words = key.split("_", -1);
        StringBuilder camel = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            String word = words[i];
            camel.append(word.isEmpty() ? "_" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return camel.toString();
    }
}
