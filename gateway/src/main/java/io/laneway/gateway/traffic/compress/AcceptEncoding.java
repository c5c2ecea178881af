package io.laneway.gateway.traffic.compress;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.util.Locale;

/** What a client says of codings that it takes (RFC 9110 section 12.5.3). Stateless. */
final class AcceptEncoding {

    private static final HeaderName NAME = HeaderName.of("accept-encoding");

    private AcceptEncoding() {}

    /** Whether it takes gzip, and likes nothing better that it would get without the gateway. */
    static boolean takesGzip(HeaderLines request) {
        double gzip = -1;
        double any = -1;
        double identity = -1;
        Slice value = new Slice();
        for (int line = request.find(NAME, 0); line >= 0; line = request.find(NAME, line + 1)) {
            request.value(line, value);
            for (String member : value.toString().toLowerCase(Locale.ROOT).split(",", -1)) {
                int semicolon = member.indexOf(';');
                String coding = (semicolon < 0 ? member : member.substring(0, semicolon)).strip();
                double weight = semicolon < 0 ? 1 : weight(member.substring(semicolon + 1));
                switch (coding) {
                    case "gzip", "x-gzip" -> gzip = Math.max(gzip, weight);
                    case "*" -> any = weight;
                    case "identity" -> identity = weight;
                    default -> {
                        // none that the gateway has
                    }
                }
            }
        }
        double wish = gzip >= 0 ? gzip : any;
        return wish > 0 && wish >= identity;
    }

    /** Of a parameter {@code q=0.5}; 0 for one that cannot be read, as no is what does no harm. */
    private static double weight(String parameters) {
        String text = parameters.strip();
        if (!text.startsWith("q")) {
            return 0;
        }
        String number = text.substring(1).strip();
        if (!number.startsWith("=") || !number.substring(1).strip().matches("(0(\\.\\d{0,3})?|1(\\.0{0,3})?)")) {
            return 0;
        }
        return Double.parseDouble(number.substring(1).strip());
    }
}
