package io.laneway.gateway.telemetry.recording;

import io.laneway.replay.redact.Pseudonyms;
import io.laneway.router.model.recording.Recording;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the key under which the secrets of a recording become pseudonyms, from a secret that is in no file of it: equal on
 * all gateways that share one, else random. Safe for many threads.
 */
final class RecordingKeys {

    private static final String HMAC = "HmacSHA256";
    private static final int BYTES = 32;

    private final SecretKeySpec secret;

    private RecordingKeys(byte[] secret) {
        this.secret = new SecretKeySpec(secret, HMAC);
    }

    /** From the secret that the gateways share; an empty one makes keys that are this process's alone. */
    static RecordingKeys of(String shared) {
        byte[] secret = shared.getBytes(StandardCharsets.UTF_8);
        if (secret.length == 0) {
            secret = new byte[BYTES];
            new SecureRandom().nextBytes(secret);
        }
        return new RecordingKeys(secret);
    }

    /** Another one for each recording, and for each time that it is started; the same while its end is moved. */
    Pseudonyms of(Recording recording) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            Instant start = recording.from() == null ? recording.until() : recording.from();
            String text = "laneway recording\n" + recording.name() + "\n" + start;
            return new Pseudonyms(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is in every JDK", e);
        }
    }
}
