package example.filter;

import io.laneway.filter.Filter;
import io.laneway.filter.FilterFactory;
import io.laneway.filter.FilterRequest;
import io.laneway.filter.FilterResult;
import io.laneway.filter.FilterSettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * {@code filter: signatures}: a request's body is signed, as webhooks are: {@code x-signature} is its HMAC-SHA256 in hexadecimal
 * digits. Bodies are hashed on threads of the filter's own, since that may take long.
 *
 * <pre>{@code
 * settings: {secret: "${WEBHOOK_SECRET}", maxBody: 1048576, threads: 2}
 * }</pre>
 */
public final class Signatures implements FilterFactory {

    private static final String ALGORITHM = "HmacSHA256";

    @Override
    public String kind() {
        return "signatures";
    }

    @Override
    public Filter create(FilterSettings settings) {
        return new Signed(
                settings.text("secret").getBytes(StandardCharsets.UTF_8),
                (int) settings.number("maxBody", 1, 16 << 20, 1 << 20),
                (int) settings.number("threads", 1, 64, 2));
    }

    private static final class Signed implements Filter {

        private final byte[] secret;
        private final int maxBody;
        private final ExecutorService threads;

        Signed(byte[] secret, int maxBody, int threads) {
            this.secret = secret;
            this.maxBody = maxBody;
            this.threads = Executors.newFixedThreadPool(threads);
        }

        @Override
        public CompletionStage<? extends FilterResult> filter(FilterRequest request) {
            String signature = request.headers().first("x-signature");
            return request.collect(maxBody)
                    .thenApplyAsync(
                            body -> isOf(body, signature) ? FilterResult.proceed() : FilterResult.respond(403),
                            threads);
        }

        private boolean isOf(byte[] body, @Nullable String signature) {
            if (signature == null) {
                return false;
            }
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(new SecretKeySpec(secret, ALGORITHM));
                String expected = HexFormat.of().formatHex(mac.doFinal(body));
                return MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }
}
