package io.laneway.router.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.laneway.router.document.tree.Location;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON (RFC 8259) into nodes. Confined to one thread. */
final class JsonTree {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Documents.MAX_DEPTH)
                    .build())
            .build();

    private final JsonParser parser;
    private final ValueLimit bound;
    private final Problems problems;

    private JsonTree(JsonParser parser, ValueLimit bound, Problems problems) {
        this.parser = parser;
        this.bound = bound;
        this.problems = problems;
    }

    static @Nullable Node parse(String text, String file, int maxValues, Problems problems) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonTree tree = new JsonTree(parser, new ValueLimit(maxValues), problems);
            parser.nextToken();
            Node node = tree.node(Location.root(file, 1));
            if (parser.nextToken() != null) {
                problems.add(Location.root(file, tree.line()), "more after the document's end", "one document");
            }
            return node;
        } catch (DocumentRefused e) {
            problems.add(e.problem());
            return null;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            problems.add(Location.root(file, Math.max(line, 0)), e.getOriginalMessage(), "JSON");
            return null;
        } catch (IOException e) {
            problems.add(Location.root(file, 0), String.valueOf(e.getMessage()), "JSON");
            return null;
        }
    }

    private Node node(Location location) throws IOException {
        bound.another(location);
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> mapping(location);
            case START_ARRAY -> list(location);
            case VALUE_STRING -> new Scalar(location, Scalar.Kind.TEXT, parser.getText(), true);
            case VALUE_NUMBER_INT -> new Scalar(location, Scalar.Kind.INTEGER, parser.getText(), false);
            case VALUE_NUMBER_FLOAT -> new Scalar(location, Scalar.Kind.DECIMAL, parser.getText(), false);
            case VALUE_TRUE, VALUE_FALSE -> new Scalar(location, Scalar.Kind.BOOLEAN, parser.getText(), false);
            default -> new Scalar(location, Scalar.Kind.NULL, "null", false);
        };
    }

    private Node list(Location location) throws IOException {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(location.item(items.size(), line())));
        }
        return new Sequence(location, items);
    }

    private Node mapping(Location location) throws IOException {
        Map<String, Node> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Location member = location.member(parser.currentName(), line());
            parser.nextToken();
            Node former = members.putIfAbsent(member.key(), node(member));
            if (former != null) {
                problems.add(
                        member,
                        "the key is there twice",
                        "once; first in line " + former.location().line());
            }
        }
        return new Mapping(location, members);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
