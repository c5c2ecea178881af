package io.laneway.control.lane;

import io.laneway.control.lane.LaneLifeConfig.Form;
import io.laneway.control.lane.LaneLifeConfig.Webhook;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells webhooks, and tries again where one is away, busy, or says by a code of its own that it did not take the
 * message: DingTalk ({@code errcode}) and Feishu ({@code code}) answer 200 then. What a webhook calls wrong (4xx) is not
 * sent again. What waits to be sent again is lost with the process. Safe for many threads; nothing blocks.
 */
final class Webhooks {

    private static final Logger log = LoggerFactory.getLogger(Webhooks.class);
    private static final int TOO_MANY = 429;
    private static final int REQUEST_TIMEOUT = 408;

    /** How long to wait before each further try. */
    static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(2),
            Duration.ofSeconds(15),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30));

    private final List<Duration> pauses;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    Webhooks(List<Duration> pauses) {
        this.pauses = List.copyOf(pauses);
    }

    /** Why a try failed, and whether another one is of use. Immutable. */
    private record Trouble(String what, boolean passing) {}

    /** Sends a message. Completes with whether the webhook took it, at the latest after the last pause. */
    CompletableFuture<Boolean> tell(Webhook webhook, Notice message) {
        return attempt(webhook, message, 0);
    }

    private CompletableFuture<Boolean> attempt(Webhook webhook, Notice message, int tries) {
        HttpRequest request = HttpRequest.newBuilder(webhook.url())
                .timeout(Duration.ofSeconds(10))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(message.json(webhook.form()).encode()))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString())
                .handle((response, error) -> error == null
                        ? trouble(webhook.form(), response)
                        : new Trouble(error.getClass().getSimpleName(), true))
                .thenCompose(trouble -> {
                    if (trouble == null) {
                        return CompletableFuture.completedFuture(true);
                    }
                    boolean again = trouble.passing() && tries < pauses.size();
                    say(webhook, message, trouble, again);
                    return again ? later(webhook, message, tries) : CompletableFuture.completedFuture(false);
                });
    }

    private CompletableFuture<Boolean> later(Webhook webhook, Notice message, int tries) {
        return CompletableFuture.runAsync(
                        () -> {},
                        CompletableFuture.delayedExecutor(pauses.get(tries).toMillis(), TimeUnit.MILLISECONDS))
                .thenCompose(waited -> attempt(webhook, message, tries + 1));
    }

    private static void say(Webhook webhook, Notice message, Trouble trouble, boolean again) {
        log.atWarn()
                .addKeyValue("host", webhook.url().getHost())
                .addKeyValue("subject", message.subject())
                .addKeyValue("event", message.event())
                .addKeyValue("problem", trouble.what())
                .addKeyValue("again", again)
                .log("webhook did not take the message");
    }

    private static @Nullable Trouble trouble(Form form, HttpResponse<String> response) {
        int status = response.statusCode();
        if (status >= 300) {
            boolean passing = status >= 500 || status == TOO_MANY || status == REQUEST_TIMEOUT;
            return new Trouble("status " + status, passing);
        }
        String key = form == Form.DINGTALK ? "errcode" : form == Form.FEISHU ? "code" : null;
        String code = key == null ? null : code(key, response.body());
        return code == null || code.equals("0") ? null : new Trouble(key + " " + code, true);
    }

    private static @Nullable String code(String key, String body) {
        try {
            Object code = new JsonObject(body).getValue(key);
            return code == null ? null : code.toString();
        } catch (DecodeException e) {
            return null;
        }
    }
}
