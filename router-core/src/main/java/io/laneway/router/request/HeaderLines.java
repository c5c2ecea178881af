package io.laneway.router.request;

import io.laneway.router.carrier.CarrierNames;
import io.laneway.router.carrier.Pairs;
import io.laneway.router.text.Slice;

/**
 * Finds cookies and baggage members over all lines of their header: HTTP/2 callers may split both (RFC 9113 section
 * 8.2.3), and proxies append lines. Stateless.
 */
public final class HeaderLines {

    private HeaderLines() {}

    public static boolean cookie(RequestView request, byte[] name, Slice line, Slice into) {
        for (int n = 0; request.header(CarrierNames.COOKIE, n, line); n++) {
            if (Pairs.cookie(line, name, into)) {
                return true;
            }
        }
        return false;
    }

    public static boolean baggage(RequestView request, byte[] name, Slice line, Slice into) {
        for (int n = 0; request.header(CarrierNames.BAGGAGE, n, line); n++) {
            if (Pairs.baggage(line, name, into)) {
                return true;
            }
        }
        return false;
    }
}
