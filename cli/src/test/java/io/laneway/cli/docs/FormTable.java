package io.laneway.cli.docs;

import io.laneway.router.codec.TableWriter;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The table of a form's keys in the reference, in Markdown. */
final class FormTable {

    private static final Pattern FORM = Pattern.compile("<(\\w+)>");

    private FormTable() {}

    /**
     * The lines of the table.
     *
     * @param links where the table of a form is, by the form's name
     */
    static List<String> of(Form<?> form, Map<String, String> links) {
        List<String> lines = new ArrayList<>();
        lines.add("| key | type | default | |");
        lines.add("|---|---|---|---|");
        for (Key<?, ?> key : form.keys()) {
            String type = FORM.matcher(key.type().label()).replaceAll(found -> link(found, links));
            lines.add(String.join(" | ", "| `" + key.name() + "`", type, absent(key), key.doc())
                            .strip()
                    + " |");
        }
        return lines;
    }

    private static String link(MatchResult form, Map<String, String> links) {
        String name = form.group(1);
        // A text in angle brackets within code, such as `header:<name>`, is no form.
        return links.containsKey(name) ? "[" + name + "](" + links.get(name) + ")" : form.group();
    }

    private static String absent(Key<?, ?> key) {
        String json = key.defaultJson();
        if (key.required()) {
            return "required";
        }
        if (!key.absent().isEmpty()) {
            return key.absent();
        }
        if (json == null) {
            return "none";
        }
        return switch (json) {
            case "{}" -> key.type().label().startsWith("mapping") ? "empty" : "its defaults";
            case "[]", "\"\"" -> "empty";
            default -> "`" + yaml(json) + "`";
        };
    }

    private static String yaml(String json) {
        String member = "{\"k\":" + Objects.requireNonNull(json) + "}";
        String yaml = TableWriter.yaml(member.getBytes(StandardCharsets.UTF_8)).strip();
        return yaml.substring("k: ".length()).replaceAll("^\"(.*)\"$", "$1");
    }
}
