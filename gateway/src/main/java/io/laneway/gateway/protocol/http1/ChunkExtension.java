package io.laneway.gateway.protocol.http1;

/**
 * Reads the extensions of a chunk by their grammar (RFC 9112 section 7.1.1), byte by byte: {@code *( BWS ";" BWS name [ BWS
 * "=" BWS value ] )}, where a value is a token or a quoted string. Confined to one event loop; used again and again.
 */
final class ChunkExtension {

    /** What a byte was. */
    enum Result {
        MORE,
        /** The CR behind the last extension. */
        END,
        MALFORMED
    }

    private static final int MAX_BYTES = 256;

    private enum State {
        BEFORE_SEMICOLON,
        BEFORE_NAME,
        NAME,
        AFTER_NAME,
        BEFORE_VALUE,
        VALUE,
        QUOTED,
        ESCAPED,
        AFTER_QUOTED,
        BROKEN
    }

    private State state = State.BEFORE_SEMICOLON;
    private int bytes;

    /** Begins with the first byte behind the size, which is no CR. */
    Result start(byte c) {
        state = State.BEFORE_SEMICOLON;
        bytes = 0;
        return next(c);
    }

    /** Reads one more byte. */
    Result next(byte c) {
        if (c == Chars.CR && mayEnd()) {
            return Result.END;
        }
        state = ++bytes > MAX_BYTES ? State.BROKEN : after(c);
        return state == State.BROKEN ? Result.MALFORMED : Result.MORE;
    }

    private boolean mayEnd() {
        return state == State.NAME || state == State.VALUE || state == State.AFTER_QUOTED;
    }

    private State after(byte c) {
        return switch (state) {
            case BEFORE_SEMICOLON -> Chars.isBlank(c) ? state : semicolon(c);
            case BEFORE_NAME -> Chars.isBlank(c) ? state : token(c, State.NAME);
            case NAME -> c == '=' ? State.BEFORE_VALUE : isToken(c) ? state : blank(c, State.AFTER_NAME);
            case AFTER_NAME -> c == '=' ? State.BEFORE_VALUE : blank(c, State.AFTER_NAME);
            case BEFORE_VALUE -> c == '"' ? State.QUOTED : Chars.isBlank(c) ? state : token(c, State.VALUE);
            case VALUE -> isToken(c) ? state : blank(c, State.BEFORE_SEMICOLON);
            case QUOTED -> c == '"' ? State.AFTER_QUOTED : c == '\\' ? State.ESCAPED : text(c);
            case ESCAPED -> text(c);
            case AFTER_QUOTED -> blank(c, State.BEFORE_SEMICOLON);
            case BROKEN -> state;
        };
    }

    private static State semicolon(byte c) {
        return c == ';' ? State.BEFORE_NAME : State.BROKEN;
    }

    private static State blank(byte c, State then) {
        return Chars.isBlank(c) ? then : semicolon(c);
    }

    private static State token(byte c, State then) {
        return isToken(c) ? then : State.BROKEN;
    }

    private static State text(byte c) {
        return c == Chars.HTAB || (c >= Chars.SP && c < 0x7f) || c < 0 ? State.QUOTED : State.BROKEN;
    }

    private static boolean isToken(byte c) {
        return Chars.TOKEN[c & 0xff];
    }
}
