package io.laneway.router.document.fields;

import java.util.Locale;

/** The word by which a document names an enum constant: its name in lower case, with dashes. Stateless. */
public final class EnumWord {

    private EnumWord() {}

    /** The word of a constant, such as {@code ring-hash} of {@code RING_HASH}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
