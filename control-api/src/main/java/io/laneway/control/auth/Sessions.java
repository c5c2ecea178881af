package io.laneway.control.auth;

import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;

/**
 * The sessions of browsers, each kept by its browser alone, in a sealed cookie: it names who logged in and by which key of
 * the issuer, and ends with the token by which it began, or after {@link SessionEnds#LONGEST}. Safe for many threads.
 */
public final class Sessions {

    private static final String PURPOSE = "session";
    private static final int CSRF_BYTES = 24;

    private final CookieSeal seal;
    private final Clock clock;
    private final SecureRandom random;
    private final boolean secure;
    private final SessionEnds ends;

    /** @param secure whether browsers come by TLS */
    public Sessions(CookieSeal seal, Clock clock, SecureRandom random, boolean secure, SessionEnds ends) {
        this.seal = seal;
        this.ends = ends;
        this.clock = clock;
        this.random = random;
        this.secure = secure;
    }

    /** The cookie's name. By TLS it is one that no other host of the domain can set (RFC 6265bis section 4.1.3.2). */
    public String cookie() {
        return secure ? "__Host-laneway-session" : "laneway-session";
    }

    /** The value of {@code Set-Cookie} with which a session begins. */
    public String begin(Principal who) {
        byte[] csrf = new byte[CSRF_BYTES];
        random.nextBytes(csrf);
        long until = Math.min(who.proof().until(), clock.millis() + SessionEnds.LONGEST.toMillis());
        String value = seal.seal(
                PURPOSE,
                new JsonObject()
                        .put("subject", who.subject())
                        .put("role", who.role().word())
                        .put("lanes", who.lanes())
                        .put("key", who.proof().id())
                        .put("until", until)
                        .put("begun", clock.millis())
                        .put("csrf", Base64.getUrlEncoder().withoutPadding().encodeToString(csrf)));
        return cookie(value, Math.max(0, until - clock.millis()) / 1_000);
    }

    /** The value of {@code Set-Cookie} with which a session ends. */
    public String end() {
        return cookie("", 0);
    }

    private String cookie(String value, long seconds) {
        return cookie() + "=" + value + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + seconds
                + (secure ? "; Secure" : "");
    }

    /** The session of a cookie, while it lasts. */
    public Optional<Session> open(String cookie) {
        return seal.open(PURPOSE, cookie)
                .filter(json -> json.getLong("until") > clock.millis())
                .map(json -> new Session(
                        Principal.of(
                                json.getString("subject"),
                                Role.parse(json.getString("role")),
                                json.getString("lanes"),
                                new Proof(
                                        Proof.Kind.JWT,
                                        json.getString("key"),
                                        json.getLong("until"),
                                        json.getLong("begun", 0L))),
                        json.getString("csrf")))
                .filter(session -> holds(session.principal()));
    }

    /** Whether it is no session, or one that was not ended before its time. Does not block. */
    boolean holds(Principal who) {
        return ends.holds(who.subject(), who.proof().begun());
    }

    /** Looks what other replicas ended. Blocks. */
    void look() {
        ends.look();
    }
}
