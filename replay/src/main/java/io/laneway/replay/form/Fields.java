package io.laneway.replay.form;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks fields up by name. Stateless. */
public final class Fields {

    private Fields() {}

    /** The value of the first field of that name, null if there is none. */
    public static @Nullable String first(List<Field> fields, String name) {
        for (Field field : fields) {
            if (field.named(name)) {
                return field.value();
            }
        }
        return null;
    }

    /** The values of all fields of that name behind commas (RFC 9110, 5.3), empty if there is none. */
    public static String all(List<Field> fields, String name) {
        StringBuilder all = new StringBuilder();
        for (Field field : fields) {
            if (field.named(name)) {
                all.append(all.isEmpty() ? "" : ", ").append(field.value());
            }
        }
        return all.toString();
    }
}
