package io.laneway.router.codec.policy;

import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Types;
import io.laneway.router.policy.Sticky;
import java.time.Duration;
import java.util.List;

/** The form of session affinity. */
final class StickyForm {

    private static final Key<Sticky, String> COOKIE = Key.required(
                    "cookie", Types.TEXT.labelled("cookie name"), Sticky::cookie)
            .doc("Set by the gateway; another one for each service of a host");
    private static final Key<Sticky, Duration> TTL = Key.optional("ttl", Types.DURATION.orOff(null), Sticky::ttl)
            .absent("until the browser is closed")
            .doc("How long a client keeps it from when it was set; at least `1s`");

    static final Form<Sticky> STICKY =
            Form.of("Sticky", "", read -> new Sticky(read.of(COOKIE), read.orNull(TTL)), List.of(COOKIE, TTL));

    private StickyForm() {}
}
