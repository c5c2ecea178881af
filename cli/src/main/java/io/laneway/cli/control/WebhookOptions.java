package io.laneway.cli.control;

import io.laneway.control.webhook.Webhook;
import io.laneway.control.webhook.Webhook.Form;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where messages about lanes that end and plans that move are sent. */
final class WebhookOptions {

    private static final String FORMS =
            Arrays.stream(Form.values()).map(WebhookOptions::word).collect(Collectors.joining(", "));

    @Option(
            names = "--webhook",
            paramLabel = "FORM[:NAME]=URL",
            description =
                    "where to send messages about lanes that end and plans that move; FORM is generic, dingtalk, feishu or slack,"
                            + " NAME distinguishes several of one form")
    private List<String> webhooks = List.of();

    @Option(
            names = "--webhook-secret-file",
            paramLabel = "FORM[:NAME]=FILE",
            description = "a file with the secret by which messages to that dingtalk or feishu webhook are signed")
    private List<String> secrets = List.of();

    /** @throws IllegalArgumentException if an option says what cannot be */
    List<Webhook> config() {
        Map<String, Path> files = new LinkedHashMap<>();
        secrets.forEach(
                text -> put("--webhook-secret-file", files, text, Path.of(value("--webhook-secret-file", text))));
        Map<String, URI> urls = new LinkedHashMap<>();
        webhooks.forEach(text -> put("--webhook", urls, text, url(text)));
        List<Webhook> all = new ArrayList<>();
        urls.forEach((name, url) -> all.add(webhook(name, url, files.remove(name))));
        if (!files.isEmpty()) {
            throw new IllegalArgumentException("--webhook-secret-file: "
                    + files.keySet().iterator().next() + " (expected: the FORM or FORM:NAME of a --webhook)");
        }
        return all;
    }

    private static Webhook webhook(String name, URI url, @Nullable Path secret) {
        try {
            return new Webhook(form(name), url, secret == null ? null : secret(secret));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--webhook: " + e.getMessage(), e);
        }
    }

    private static <T> void put(String option, Map<String, T> all, String text, T value) {
        String name = text.substring(0, text.indexOf('='));
        if (all.put(name, value) != null) {
            throw new IllegalArgumentException(option + ": " + name + " twice (expected: FORM:NAME for each)");
        }
    }

    private static String value(String option, String text) {
        int at = text.indexOf('=');
        if (at < 1 || at == text.length() - 1) {
            throw new IllegalArgumentException(option + ": " + text + " (expected: FORM=… or FORM:NAME=…)");
        }
        return text.substring(at + 1);
    }

    private static URI url(String text) {
        String url = value("--webhook", text);
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "--webhook: " + url + " (expected: http://host/path or https://host/path)", e);
        }
    }

    private static Form form(String name) {
        String word = name.split(":", 2)[0];
        for (Form form : Form.values()) {
            if (word(form).equals(word.toLowerCase(Locale.ROOT))) {
                return form;
            }
        }
        throw new IllegalArgumentException(word + " (expected: one of " + FORMS + ")");
    }

    private static String word(Form form) {
        return form.name().toLowerCase(Locale.ROOT);
    }

    private static String secret(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("a secret in " + file + " (expected: a file that can be read)", e);
        }
    }
}
