package io.laneway.gateway.traffic.authorize;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.router.text.HeaderName;

/** One change that an authorizer wants of a head's lines. Immutable. */
record HeaderChange(HeaderName name, String value, Way way) {

    /** What becomes of lines of that name which are there. */
    enum Way {
        SET,
        APPEND,
        ADD_IF_ABSENT,
        OVERWRITE_IF_PRESENT
    }

    void apply(HeaderLines lines) {
        boolean there = lines.find(name, 0) >= 0;
        if (way == Way.ADD_IF_ABSENT ? there : way == Way.OVERWRITE_IF_PRESENT && !there) {
            return;
        }
        if (way != Way.APPEND) {
            lines.remove(name);
        }
        lines.add(name, value);
    }

    /** Bytes that it takes. */
    int size() {
        return name.bytes().length + value.length() + 64;
    }
}
