package io.laneway.router.document;

import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces <code>${VAR}</code> and <code>${VAR:-default}</code> in the values of a document; <code>$${</code> stands for
 * <code>${</code> itself. What comes in is never read as YAML; an unquoted value takes the type it then has, so that
 * <code>port: ${PORT}</code> is a number. Confined to one thread.
 */
public final class Variables {

    private static final Pattern USE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)}|\\$\\{");
    private static final Pattern FORM = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);

    private final Map<String, String> environment;
    private final Problems problems;

    private Variables(Map<String, String> environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /** The document with its variables replaced; one that is not set and has no default is a problem. */
    public static Node replace(Node node, Map<String, String> environment, Problems problems) {
        return new Variables(environment, problems).replace(node);
    }

    private Node replace(Node node) {
        if (node instanceof Scalar scalar) {
            return scalar(scalar);
        }
        if (node instanceof Sequence list) {
            List<Node> items = new ArrayList<>();
            list.items().forEach(item -> items.add(replace(item)));
            return new Sequence(list.location(), items);
        }
        Map<String, Node> members = new LinkedHashMap<>();
        ((Mapping) node).members().forEach((key, member) -> members.put(key, replace(member)));
        return new Mapping(node.location(), members);
    }

    private Node scalar(Scalar scalar) {
        if (!scalar.text().contains("${")) {
            return scalar;
        }
        StringBuilder text = new StringBuilder();
        Matcher uses = USE.matcher(scalar.text());
        while (uses.find()) {
            uses.appendReplacement(text, Matcher.quoteReplacement(value(scalar, uses)));
        }
        uses.appendTail(text);
        return scalar.quoted()
                ? new Scalar(scalar.location(), Scalar.Kind.TEXT, text.toString(), true)
                : YamlScalars.plain(text.toString(), scalar.location());
    }

    private String value(Scalar scalar, Matcher use) {
        if (use.group().equals("$${")) {
            return "${";
        }
        Matcher form = FORM.matcher(use.group(1) == null ? "" : use.group(1));
        if (!form.matches()) {
            problems.add(scalar, "the variable " + use.group(), "${NAME}, ${NAME:-default}, or $${ for ${ itself");
            return "";
        }
        String value = environment.get(form.group(1));
        if (form.group(2) != null) {
            return value == null || value.isEmpty() ? form.group(2) : value;
        }
        if (value == null) {
            problems.add(scalar, "the variable " + form.group(1) + " is not set", "a value in the environment");
        }
        return value == null ? "" : value;
    }
}
