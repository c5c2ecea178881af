package io.laneway.control.webhook;

import io.laneway.control.webhook.Webhook.Form;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One try to send to one webhook. DingTalk ({@code errcode}) and Feishu ({@code code}) respond 200 when they do not take a
 * message. Speaks HTTP/1.1: over HTTP/2, which a client offers by an upgrade of its first request, a server that responds
 * before it has read the body ends the exchange with its response, and the rest of the body is never sent. Safe for many
 * threads; nothing blocks.
 */
final class WebhookCall {

    private static final int TOO_MANY = 429;
    private static final int REQUEST_TIMEOUT = 408;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** Why a try failed, and whether another one is of use. Immutable. */
    record Trouble(String what, boolean passing) {

        static Trouble of(Throwable failure) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return new Trouble(cause.getClass().getSimpleName(), true);
        }
    }

    /** Sends a message signed for this moment; completes with null if it was taken. */
    CompletableFuture<@Nullable Trouble> send(Webhook webhook, String body, long millis) {
        HttpRequest request = HttpRequest.newBuilder(WebhookSignature.url(webhook, millis))
                .timeout(Duration.ofSeconds(10))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(WebhookSignature.body(webhook, body, millis)))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString())
                .thenApply(response -> trouble(webhook.form(), response));
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
