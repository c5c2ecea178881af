package io.laneway.control.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which rows of history or audit are wanted. Immutable.
 *
 * @param q        a part of one of the texts of a row, in lower case; empty for any
 * @param who      empty for any
 * @param action   empty for any
 * @param subjects one of these, with {@code *} for any run of characters; none for any
 */
public record RowFilter(String q, String who, String action, List<String> subjects) {

    /** All of them. */
    public static final RowFilter ALL = new RowFilter("", "", "", List.of());

    public RowFilter {
        q = q.toLowerCase(Locale.ROOT);
        subjects = List.copyOf(subjects);
    }

    /** The condition, empty or beginning with {@code AND}, over rows that have these texts. */
    String sql(String texts) {
        StringBuilder sql = new StringBuilder();
        if (!q.isEmpty()) {
            sql.append(" AND lower(").append(texts).append(") LIKE ? ESCAPE '\\'");
        }
        if (!who.isEmpty()) {
            sql.append(" AND who = ?");
        }
        if (!action.isEmpty()) {
            sql.append(" AND action = ?");
        }
        if (!subjects.isEmpty()) {
            String each = " OR subject LIKE ? ESCAPE '\\'".repeat(subjects.size());
            sql.append(" AND (").append(each.substring(" OR ".length())).append(")");
        }
        return sql.toString();
    }

    /** What is bound to a statement: a value before the condition, its own, and one after it. */
    Object[] values(Object before, Object after) {
        List<Object> values = new ArrayList<>();
        values.add(before);
        if (!q.isEmpty()) {
            values.add("%" + escaped(q) + "%");
        }
        if (!who.isEmpty()) {
            values.add(who);
        }
        if (!action.isEmpty()) {
            values.add(action);
        }
        subjects.forEach(subject -> values.add(escaped(subject).replace('*', '%')));
        values.add(after);
        return values.toArray();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
