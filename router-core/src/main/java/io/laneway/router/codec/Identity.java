package io.laneway.router.codec;

import io.laneway.router.document.fields.Fields;
import org.jspecify.annotations.Nullable;

/** A key that may be known from elsewhere, such as from the URL of a call. */
final class Identity {

    private Identity() {}

    /** The text of a required key, which may be absent where it is known, but may not differ. */
    static String text(Fields fields, String key, @Nullable String known) {
        if (known == null) {
            return fields.text(key);
        }
        String written = fields.optionalText(key);
        if (written != null && !written.equals(known)) {
            fields.problem(key, "'" + written + "'", "'" + known + "', or nothing");
        }
        return known;
    }
}
