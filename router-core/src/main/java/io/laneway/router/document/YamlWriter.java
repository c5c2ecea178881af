package io.laneway.router.document;

import io.laneway.router.document.tree.Location;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes nodes as YAML that people like to read: block style, texts without quotes where they stay texts. Confined to
 * one thread.
 */
public final class YamlWriter {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/_][A-Za-z0-9/_.+@%-]*(?: [A-Za-z0-9/_.+@%-]+)*");
    private static final String STEP = "  ";

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    /** The document as text that ends with a line end. */
    public static String write(Node node) {
        YamlWriter writer = new YamlWriter();
        if (isInline(node)) {
            writer.inline(node);
            writer.out.append('\n');
        } else {
            writer.block(node, "");
        }
        return writer.out.toString();
    }

    private void block(Node node, String indent) {
        if (node instanceof Sequence list) {
            for (Node item : list.items()) {
                out.append(indent).append("- ");
                value(item, indent, true);
            }
            return;
        }
        members(((Mapping) node).members(), indent, indent);
    }

    private void members(Map<String, Node> members, String firstIndent, String indent) {
        String before = firstIndent;
        for (Map.Entry<String, Node> member : members.entrySet()) {
            out.append(before);
            text(member.getKey());
            out.append(": ");
            value(member.getValue(), indent, false);
            before = indent;
        }
    }

    /** Writes a value behind {@code "- "} or {@code "key: "}. */
    private void value(Node node, String indent, boolean item) {
        if (isInline(node)) {
            inline(node);
            out.append('\n');
        } else if (item && node instanceof Mapping mapping) {
            members(mapping.members(), "", indent + STEP);
        } else {
            out.setCharAt(out.length() - 1, '\n');
            block(node, indent + STEP);
        }
    }

    /** Scalars, what is empty, and lists of scalars stand in one line. */
    private static boolean isInline(Node node) {
        if (node instanceof Sequence list) {
            return list.items().stream().allMatch(Scalar.class::isInstance) || isPairs(list.items());
        }
        return node instanceof Scalar || ((Mapping) node).members().isEmpty();
    }

    private static boolean isPairs(List<Node> items) {
        return items.stream()
                .allMatch(item -> item instanceof Sequence pair
                        && pair.items().size() == 2
                        && pair.items().stream().allMatch(Scalar.class::isInstance));
    }

    private void inline(Node node) {
        if (node instanceof Scalar scalar) {
            scalar(scalar);
        } else if (node instanceof Sequence list) {
            out.append('[');
            for (Iterator<Node> items = list.items().iterator(); items.hasNext(); ) {
                inline(items.next());
                out.append(items.hasNext() ? ", " : "");
            }
            out.append(']');
        } else {
            out.append("{}");
        }
    }

    private void scalar(Scalar scalar) {
        if (scalar.kind() == Scalar.Kind.TEXT) {
            text(scalar.text());
        } else {
            out.append(scalar.text());
        }
    }

    private void text(String text) {
        Location nowhere = Location.root("", 0);
        if (PLAIN.matcher(text).matches() && YamlScalars.plain(text, nowhere).kind() == Scalar.Kind.TEXT) {
            out.append(text);
            return;
        }
        out.append('"');
        text.chars().forEach(this::quoted);
        out.append('"');
    }

    private void quoted(int c) {
        if (c == '"' || c == '\\') {
            out.append('\\').append((char) c);
        } else if (c == '\n') {
            out.append("\\n");
        } else if (c == '\t') {
            out.append("\\t");
        } else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c >= 0xFFFE) {
            out.append(String.format("\\u%04x", c));
        } else {
            out.append((char) c);
        }
    }
}
