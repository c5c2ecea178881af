package io.laneway.replay.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Credentials of a file such as {@code ~/.aws/credentials}, read for each call: what rotates them need not restart anything.
 * Immutable.
 *
 * @param profile its name; empty for {@code default}, or for that of a file which has one alone
 */
public record CredentialsFile(Path file, String profile) implements Supplier<S3Credentials> {

    /** The default profile of a file. */
    public CredentialsFile(Path file) {
        this(file, "");
    }

    @Override
    public S3Credentials get() {
        try {
            return read(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("credentials: " + file, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    file + ": no aws_access_key_id and aws_secret_access_key (expected: both, below ["
                            + (profile.isEmpty() ? "default" : profile) + "])",
                    e);
        }
    }

    private S3Credentials read(String text) {
        Map<String, Map<String, String>> profiles = new HashMap<>();
        Map<String, String> current = new HashMap<>();
        for (String line : text.split("\\R")) {
            String bare = line.strip();
            if (bare.startsWith("[") && bare.endsWith("]")) {
                String name = bare.substring(1, bare.length() - 1).strip();
                current = profiles.computeIfAbsent(name, made -> new HashMap<>());
            } else if (!bare.startsWith("#") && !bare.startsWith(";") && bare.indexOf('=') > 0) {
                int equals = bare.indexOf('=');
                current.put(
                        bare.substring(0, equals).strip(),
                        bare.substring(equals + 1).strip());
            }
        }
        Map<String, String> only =
                profiles.size() == 1 ? profiles.values().iterator().next() : current;
        Map<String, String> chosen =
                profile.isEmpty() ? profiles.getOrDefault("default", only) : profiles.getOrDefault(profile, Map.of());
        return new S3Credentials(
                chosen.getOrDefault("aws_access_key_id", ""),
                chosen.getOrDefault("aws_secret_access_key", ""),
                chosen.getOrDefault("aws_session_token", ""));
    }
}
