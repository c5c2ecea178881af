package io.laneway.k8s.imports.nginx;

import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.router.document.tree.Location;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A directive of nginx. Immutable, but for what of it is taken. */
record Directive(Tracked node) {

    String name() {
        return String.valueOf(node.peek("name"));
    }

    List<String> args() {
        return node.items("args").stream()
                .map(arg -> String.valueOf(arg.peek()))
                .toList();
    }

    /** An argument, empty if there are fewer. */
    String arg(int place) {
        List<String> args = args();
        return place < args.size() ? args.get(place) : "";
    }

    List<Directive> block() {
        return of(node.items("block"));
    }

    /** Takes its name and arguments, not what is in its block. */
    Directive take() {
        node.text("name");
        node.items("args").forEach(Tracked::text);
        node.at("block");
        return this;
    }

    /** Takes its name and the arguments that it has before a place. */
    void take(int before) {
        node.text("name");
        List<Tracked> args = node.items("args");
        args.subList(0, Math.min(before, args.size())).forEach(Tracked::text);
    }

    Location location() {
        return node.location();
    }

    void refuse(Report report, String what, String expected) {
        node.refuse(report, what, expected);
    }

    static List<Directive> of(List<Tracked> nodes) {
        return nodes.stream().map(Directive::new).toList();
    }

    /** Those of a name. */
    static List<Directive> named(List<Directive> all, String name) {
        List<Directive> found = new ArrayList<>();
        for (Directive one : all) {
            if (one.name().equals(name)) {
                found.add(one);
            }
        }
        return found;
    }

    /** The first of a name, null if there is none. */
    static @Nullable Directive first(List<Directive> all, String name) {
        List<Directive> found = named(all, name);
        return found.isEmpty() ? null : found.get(0);
    }
}
