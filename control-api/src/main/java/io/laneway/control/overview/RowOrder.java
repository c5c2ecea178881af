package io.laneway.control.overview;

import io.laneway.control.http.Call;
import io.laneway.router.text.Slug;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The order of lanes. A page names its last row by its value and slug, so that the next one begins after it also where
 * that lane is gone or its value is another one by then.
 */
enum RowOrder {
    NAME("name"),
    REQUESTS("requests"),
    ERRORS("errors"),
    LAST_USED("lastUsed");

    private static final String DIVIDER = "~";

    private final String word;

    RowOrder(String word) {
        this.word = word;
    }

    /** A row's place: the greater value first, then by slug; all values are 0 in the order of names. */
    record Place(long value, String slug) implements Comparable<Place> {

        private static final Comparator<Place> ORDER =
                Comparator.comparingLong(Place::value).reversed().thenComparing(Place::slug);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    String word() {
        return word;
    }

    /** How a page says where it ends. */
    String cursor(Place last) {
        return this == NAME ? last.slug() : last.value() + DIVIDER + last.slug();
    }

    /** Where a page ended; null for the first page. */
    @Nullable
    Place place(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        int divider = cursor.indexOf(DIVIDER);
        return this == NAME
                ? new Place(0, Slug.of(cursor))
                : new Place(Long.parseLong(cursor.substring(0, divider)), cursor.substring(divider + 1));
    }

    /** Refuses what no page of this order said. */
    void check(@Nullable String cursor) {
        boolean right = cursor == null || this == NAME || cursor.matches("-?\\d{1,18}" + DIVIDER + ".+");
        if (!right) {
            throw Call.malformed("after", String.valueOf(cursor), "what next said on a page with the same sort");
        }
    }
}
