package io.laneway.gateway.protocol.http2;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder.SensitivityDetector;
import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field list for HPACK to encode, made of a neutral head. Confined to one event loop; used again for list after list
 * where it is written at once. The encoder's dynamic table keeps names and values, so lines are copied, all in one array,
 * and the fields are views on that.
 */
final class FieldEncoder extends DefaultHttp2Headers {

    private static final EnumMap<Field, AsciiString> NAMES = new EnumMap<>(Field.class);
    private static final Set<CharSequence> VARYING = Collections.newSetFromMap(new IdentityHashMap<>());

    static {
        for (Field field : Field.values()) {
            NAMES.put(field, new AsciiString(field.header().bytes(), true));
        }
        for (Field field : new Field[] {
            Field.CONTENT_LENGTH,
            Field.X_REQUEST_ID,
            Field.X_ENVOY_UPSTREAM_SERVICE_TIME,
            Field.TRACEPARENT,
            Field.GRPC_TIMEOUT
        }) {
            VARYING.add(NAMES.get(field));
        }
        VARYING.add(PseudoHeaderName.PATH.value());
    }

    /** Fields whose values do not come again: to enter them would only push others out of the table. */
    @SuppressWarnings("CollectionUndefinedEquality") // compared by identity
    static final SensitivityDetector NOT_INDEXED = (name, value) -> VARYING.contains(name);

    private static final int FIRST = 32;

    private AsciiString[] fields = new AsciiString[FIRST];
    private int end;
    private @Nullable AsciiString status;
    private final Walk walk = new Walk();

    FieldEncoder() {
        super(false);
    }

    /** Forgets all fields. */
    void start() {
        end = 0;
        status = null;
    }

    void put(AsciiString name, AsciiString value) {
        if (end == fields.length) {
            fields = Arrays.copyOf(fields, end * 2);
        }
        fields[end++] = name;
        fields[end++] = value;
    }

    /** Starts over with the head of a response, but for some known fields. */
    FieldEncoder response(int code, HeaderLines lines, long except) {
        start();
        status = Statuses.of(code);
        put(PseudoHeaderName.STATUS.value(), status);
        putLines(lines, except);
        return this;
    }

    /** Puts the lines that are not removed, but for some known fields, with names in lower case. */
    void putLines(HeaderLines lines, long except) {
        if (lines.count() == 0) {
            return;
        }
        int base = lines.nameOffset(0);
        byte[] copy = Arrays.copyOfRange(lines.array(), base, lines.end());
        for (int line = 0; line < lines.count(); line++) {
            Field field = lines.field(line);
            if (lines.isRemoved(line) || (field != null && (field.bit() & except) != 0)) {
                continue;
            }
            AsciiString name = field == null || !field.isOneName()
                    ? name(copy, lines.nameOffset(line) - base, lines.nameLength(line))
                    : Objects.requireNonNull(NAMES.get(field));
            put(name, new AsciiString(copy, lines.valueOffset(line) - base, lines.valueLength(line), false));
        }
    }

    private static AsciiString name(byte[] copy, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (copy[i] >= 'A' && copy[i] <= 'Z') {
                copy[i] |= 0x20;
            }
        }
        return new AsciiString(copy, offset, length, false);
    }

    @Override
    public @Nullable CharSequence status() {
        return status;
    }

    @Override
    public int size() {
        return end / 2;
    }

    @Override
    public boolean isEmpty() {
        return end == 0;
    }

    /** The one walk over this list, from the start. */
    @Override
    public Iterator<Map.Entry<CharSequence, CharSequence>> iterator() {
        walk.at = 0;
        return walk;
    }

    /** A walk over the fields, and the field that it has reached. */
    private final class Walk
            implements Iterator<Map.Entry<CharSequence, CharSequence>>, Map.Entry<CharSequence, CharSequence> {
        private int at;

        @Override
        public boolean hasNext() {
            return at < end;
        }

        @Override
        public Map.Entry<CharSequence, CharSequence> next() {
            if (at >= end) {
                throw new NoSuchElementException();
            }
            at += 2;
            return this;
        }

        @Override
        public CharSequence getKey() {
            return fields[at - 2];
        }

        @Override
        public CharSequence getValue() {
            return fields[at - 1];
        }

        @Override
        public CharSequence setValue(CharSequence value) {
            throw new UnsupportedOperationException();
        }
    }

    /** Status codes as text. */
    private static final class Statuses {
        private static final AsciiString[] ALL = new AsciiString[1000];

        static {
            for (int code = 0; code < ALL.length; code++) {
                ALL[code] = AsciiString.cached(Integer.toString(code));
            }
        }

        static AsciiString of(int code) {
            return ALL[code];
        }
    }
}
