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
}
