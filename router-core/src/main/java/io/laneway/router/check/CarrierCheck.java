package io.laneway.router.check;

import io.laneway.router.model.Carriers;
import java.util.List;

/** Checks carriers: header names and host patterns. */
final class CarrierCheck {

    private static final String PLACE = "{lane}";

    private CarrierCheck() {}

    static void check(Carriers carriers, PathProblems at) {
        tokens(carriers.header(), "header", at);
        tokens(carriers.cookie(), "cookie", at);
        tokens(carriers.baggage(), "baggage", at);
        for (int i = 0; i < carriers.host().size(); i++) {
            if (!HostSyntax.isPattern(carriers.host().get(i), PLACE)) {
                at.add(
                        "host[" + i + "]",
                        "'" + carriers.host().get(i) + "'",
                        "a host name with {lane} once, such as app-{lane}.example.com");
            }
        }
    }

    private static void tokens(List<String> names, String key, PathProblems at) {
        for (int i = 0; i < names.size(); i++) {
            if (!HostSyntax.isToken(names.get(i))) {
                at.add(
                        key + "[" + i + "]",
                        "'" + names.get(i) + "'",
                        "a name of letters, digits and -_.~ (RFC 9110 section 5.6.2)");
            }
        }
    }
}
