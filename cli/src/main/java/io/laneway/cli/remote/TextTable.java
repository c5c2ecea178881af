package io.laneway.cli.remote;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows objects as rows under the named columns, and a single object as a row too; {@code a.b} is a member of a member.
 * Confined to one thread.
 */
final class TextTable {

    private static final Set<Character.UnicodeBlock> WIDE = Set.of(
            Character.UnicodeBlock.HANGUL_SYLLABLES,
            Character.UnicodeBlock.HIRAGANA,
            Character.UnicodeBlock.KATAKANA,
            Character.UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION);

    private static final int WIDEST = 60;

    /** Under these keys the control API lists objects. */
    private static final Set<String> LISTS = Set.of(
            "items",
            "lanes",
            "services",
            "shifts",
            "recordings",
            "replays",
            "revisions",
            "tokens",
            "gateways",
            "findings",
            "audit");

    private final String[] columns;

    TextTable(String... columns) {
        this.columns = columns;
    }

    String show(Object document) {
        List<JsonObject> objects = objects(document);
        if (columns.length == 0) {
            return document instanceof JsonObject object ? object.encodePrettily() : document.toString();
        }
        List<String[]> rows = new ArrayList<>();
        String[] head = new String[columns.length];
        for (int i = 0; i < columns.length; i++) {
            head[i] = columns[i].substring(columns[i].lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
        }
        rows.add(head);
        objects.forEach(object -> rows.add(row(object)));
        return text(rows);
    }

    private String[] row(JsonObject object) {
        String[] row = new String[columns.length];
        for (int i = 0; i < columns.length; i++) {
            row[i] = cell(value(object, columns[i]));
        }
        return row;
    }

    private static @Nullable Object value(JsonObject object, String column) {
        int dot = column.indexOf('.');
        if (dot < 0) {
            return object.getValue(column);
        }
        JsonObject member = object.getJsonObject(column.substring(0, dot));
        return member == null ? null : value(member, column.substring(dot + 1));
    }

    private static String cell(@Nullable Object value) {
        if (value instanceof JsonArray array) {
            List<String> parts = new ArrayList<>();
            array.forEach(part -> parts.add(part instanceof JsonObject o ? name(o) : String.valueOf(part)));
            return cut(String.join(",", parts));
        }
        if (value instanceof JsonObject object) {
            return cut(isCounts(object) ? counts(object) : object.encode());
        }
        return value == null ? "-" : cut(value.toString());
    }

    private static boolean isCounts(JsonObject object) {
        return object.stream().allMatch(member -> member.getValue() instanceof Number);
    }

    private static String counts(JsonObject counts) {
        return counts.isEmpty()
                ? "0"
                : counts.stream()
                        .map(member -> member.getValue() + " " + member.getKey())
                        .collect(Collectors.joining(", "));
    }

    /** What distinguishes one part of a list from another: the lane of a deployment or environment, else its name. */
    private static String name(JsonObject part) {
        String share = part.getString("share");
        String name = part.getString("lane", part.getString("name", part.encode()));
        return share == null ? name : name + "=" + share;
    }

    private static String cut(String text) {
        int columns = 0;
        int kept = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            columns += columns(text.codePointAt(at));
            if (columns > WIDEST) {
                return text.substring(0, kept) + "…";
            }
            // a column is left for the sign of what is cut
            kept = columns < WIDEST ? at + Character.charCount(text.codePointAt(at)) : kept;
        }
        return text;
    }

    /** How many columns of a terminal a text takes: two for each ideograph and the like. */
    private static int columns(String text) {
        return text.codePoints().map(TextTable::columns).sum();
    }

    private static int columns(int c) {
        return isWide(c) ? 2 : 1;
    }

    private static boolean isWide(int c) {
        Character.UnicodeBlock block = Character.UnicodeBlock.of(c);
        return Character.isIdeographic(c) || (block != null && WIDE.contains(block)) || (c >= 0xFF01 && c <= 0xFF60);
    }

    private static String text(List<String[]> rows) {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], columns(row[i]));
            }
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row[i]).append(" ".repeat(widths[i] - columns(row[i]) + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString().stripTrailing();
    }

    /** The rows of a document: a list, an object whose only list of objects is the rows, or the object itself. */
    private static List<JsonObject> objects(Object document) {
        List<JsonObject> objects = new ArrayList<>();
        if (document instanceof JsonArray array) {
            array.forEach(each -> objects.add((JsonObject) each));
        } else if (document instanceof JsonObject object) {
            for (String key : object.fieldNames()) {
                if (LISTS.contains(key) && object.getValue(key) instanceof JsonArray array) {
                    return objects(array);
                }
            }
            objects.add(object);
        }
        return objects;
    }
}
