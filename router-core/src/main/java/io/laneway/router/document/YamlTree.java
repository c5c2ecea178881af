package io.laneway.router.document;

import io.laneway.router.document.tree.Location;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 (core schema) into nodes. Confined to one thread. It goes by the parser's events rather than its node
 * graph, so that depth, size and the growth by aliases are bounded while reading.
 */
final class YamlTree {

    private static final int LEAST_READ = 1024;
    private static final int MOST_READ = 4 << 20;
    private static final int READS = 16;

    private final String file;
    private final Iterator<Event> events;
    private final Problems problems;
    private final Map<Anchor, Node> anchors = new HashMap<>();
    private final Aliases aliases = new Aliases();
    private final ValueLimit bound;

    private YamlTree(String file, Iterator<Event> events, ValueLimit bound, Problems problems) {
        this.file = file;
        this.bound = bound;
        this.events = events;
        this.problems = problems;
    }

    /**
     * Of a document of so many characters. With each read the library copies all of a scalar that it has not seen the end of:
     * with reads of one size a long one would take its length squared.
     */
    private static LoadSettings settings(int length) {
        return LoadSettings.builder()
                .setBufferSize(Math.max(LEAST_READ, Math.min(MOST_READ, length / READS)))
                .setUseMarks(true)
                .setCodePointLimit(Documents.MAX_BYTES)
                .build();
    }

    static @Nullable Node parse(String text, String file, int maxValues, Problems problems) {
        try {
            Iterator<Event> events =
                    new Parse(settings(text.length())).parseString(text).iterator();
            return new YamlTree(file, events, new ValueLimit(maxValues), problems).document();
        } catch (DocumentRefused e) {
            problems.add(e.problem());
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            problems.add(Location.root(file, line), String.valueOf(e.getProblem()), "YAML");
        } catch (YamlEngineException e) {
            problems.add(
                    Location.root(file, 0),
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    "YAML");
        }
        return null;
    }

    private Node document() {
        events.next();
        Event first = events.next();
        if (first.getEventId() == Event.ID.StreamEnd) {
            throw new DocumentRefused(Location.root(file, 1).problem("an empty document", "a mapping"));
        }
        Event start = events.next();
        Node node = node(start, Location.root(file, line(start)), 0);
        events.next();
        Event next = events.next();
        if (next.getEventId() != Event.ID.StreamEnd) {
            throw new DocumentRefused(Location.root(file, line(next)).problem("a second document", "one document"));
        }
        return node;
    }

    private Node node(Event event, Location location, int depth) {
        bound.another(location);
        if (depth > Documents.MAX_DEPTH) {
            throw new DocumentRefused(
                    location.problem("nested too deep", "at most " + Documents.MAX_DEPTH + " levels"));
        }
        if (event instanceof AliasEvent alias) {
            return aliased(alias, location);
        }
        Node node = built(event, location, depth);
        Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
        anchor.ifPresent(name -> anchors.put(name, node));
        return node;
    }

    private Node built(Event event, Location location, int depth) {
        return switch (event.getEventId()) {
            case SequenceStart -> list(location, depth);
            case MappingStart -> mapping(location, depth);
            default -> YamlScalars.of((ScalarEvent) event, location, problems);
        };
    }

    private Node aliased(AliasEvent alias, Location location) {
        Node target = anchors.get(alias.getAlias());
        if (target == null) {
            throw new DocumentRefused(
                    location.problem("*" + alias.getAlias() + " names no anchor above it", "&" + alias.getAlias()));
        }
        Node copy = aliases.copy(target, location);
        if (copy == null) {
            throw new DocumentRefused(
                    location.problem("aliases blow the document up", "at most " + Aliases.MAX + " copied nodes"));
        }
        return copy;
    }

    private Node list(Location location, int depth) {
        List<Node> items = new ArrayList<>();
        for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
            items.add(node(e, location.item(items.size(), line(e)), depth + 1));
        }
        return new Sequence(location, items);
    }

    private Node mapping(Location location, int depth) {
        Map<String, Node> members = new LinkedHashMap<>();
        for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
            Location member = location.member(key(e, location), line(e));
            Node former = members.putIfAbsent(member.key(), node(events.next(), member, depth + 1));
            if (former != null) {
                problems.add(
                        member,
                        "the key is there twice",
                        "once; first in line " + former.location().line());
            }
        }
        return new Mapping(location, members);
    }

    private String key(Event event, Location location) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getValue();
        }
        throw new DocumentRefused(new Location(file, location.parent(), location.key(), location.index(), line(event))
                .problem("a key that is a list, mapping or alias", "a plain key"));
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }
}
