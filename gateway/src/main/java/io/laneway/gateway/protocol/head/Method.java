package io.laneway.gateway.protocol.head;

/** The request methods that the gateway treats apart (RFC 9110 section 9, RFC 5789). */
public enum Method {
    GET(true),
    HEAD(true),
    POST(false),
    PUT(true),
    DELETE(true),
    OPTIONS(true),
    PATCH(false),
    TRACE(true),
    CONNECT(false),
    /** Any other token. */
    OTHER(false);

    private static final Method[] NAMED = {GET, POST, HEAD, PUT, DELETE, OPTIONS, PATCH, TRACE, CONNECT};

    private final boolean idempotent;

    Method(boolean idempotent) {
        this.idempotent = idempotent;
    }

    /** Whether sending it twice means the same as once (RFC 9110 section 9.2.2). */
    public boolean idempotent() {
        return idempotent;
    }

    /** The method that the bytes name; methods are case-sensitive. */
    public static Method of(byte[] array, int offset, int length) {
        for (Method method : NAMED) {
            if (method.spelled(array, offset, length)) {
                return method;
            }
        }
        return OTHER;
    }

    private boolean spelled(byte[] array, int offset, int length) {
        String name = name();
        if (name.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (array[offset + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
