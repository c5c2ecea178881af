package io.laneway.gateway.traffic.edge;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.runtime.config.PathConfig.Underscores;
import io.laneway.router.text.HeaderName;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of header names with underscores, which CGI, WSGI and the like cannot tell from those with hyphens.
 * Whatever is configured, strangers cannot pass on what the gateway itself writes or reads under such a name. Confined to
 * one event loop.
 */
final class NameRules {

    /** More than any known name has; what a longer one starts with shows whether it is of a known kind. */
    private static final int LONGEST = 64;

    private final Underscores underscores;
    private final boolean external;
    private final byte[] scratch = new byte[LONGEST];

    NameRules(Underscores underscores, boolean external) {
        this.underscores = underscores;
        this.external = external;
    }

    @Nullable
    Failure settle(HeaderLines lines) {
        if (!external && underscores == Underscores.ALLOW) {
            return null;
        }
        byte[] array = lines.array();
        for (int line = 0; line < lines.count(); line++) {
            if (lines.field(line) == null && hasUnderscore(array, lines.nameOffset(line), lines.nameLength(line))) {
                if (underscores == Underscores.REJECT && !lines.isRemoved(line)) {
                    return Refusals.UNDERSCORE;
                }
                if (underscores == Underscores.DROP || isOurs(array, lines.nameOffset(line), lines.nameLength(line))) {
                    lines.remove(line);
                }
            }
        }
        return null;
    }

    private static boolean hasUnderscore(byte[] array, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (array[i] == '_') {
                return true;
            }
        }
        return false;
    }

    /** Whether the name, with hyphens, is one of the fields that the gateway knows. */
    private boolean isOurs(byte[] array, int offset, int length) {
        if (!external) {
            return false;
        }
        int n = Math.min(length, LONGEST);
        for (int i = 0; i < n; i++) {
            byte c = array[offset + i];
            scratch[i] = c == '_' ? (byte) '-' : c;
        }
        return Field.find(scratch, 0, n, HeaderName.hash(scratch, 0, n)) != null;
    }
}
