package io.laneway.gateway.runtime.config;

import io.laneway.gateway.runtime.config.AuthConfig.Authorizer;
import io.laneway.gateway.runtime.config.AuthConfig.Failure;
import io.laneway.gateway.runtime.config.AuthConfig.Include;
import io.laneway.gateway.runtime.config.AuthConfig.KeyPart;
import io.laneway.gateway.runtime.config.AuthConfig.Memory;
import io.laneway.gateway.runtime.config.AuthConfig.Protocol;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.fields.Values;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.unit.ByteSize;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The document form of an {@link AuthConfig}. Confined to one thread. */
final class AuthForm {

    private final Path directory;

    AuthForm(Path directory) {
        this.directory = directory;
    }

    @Nullable
    AuthConfig read(Node node, Problems problems) {
        Fields fields = Fields.withValues(node, problems);
        int before = problems.count();
        Authorizer authorizer = authorizer(fields);
        boolean require = fields.bool("require", true);
        Duration timeout = fields.duration("timeout", AuthConfig.DEFAULT_TIMEOUT);
        Include include = fields.object("include", AuthForm::include, Include.DEFAULT);
        Memory memory = memory(fields);
        Failure failure = fields.word("failure", Failure.values(), ConfigForms::word, Failure.DENY);
        int status = fields.integer("status", 400, 599, AuthConfig.DEFAULT_STATUS);
        List<String> upstream = fields.texts("upstreamHeaders");
        List<String> client = fields.has("clientHeaders") ? fields.texts("clientHeaders") : null;
        List<String> response = fields.texts("responseHeaders");
        Map<String, String> context = fields.textMap("context");
        if (authorizer == null || memory == null || problems.count() > before) {
            fields.end();
            return null;
        }
        return fields.build(() -> new AuthConfig(
                authorizer, require, timeout, include, memory, failure, status, upstream, client, response, context));
    }

    private @Nullable Authorizer authorizer(Fields fields) {
        String key = fields.oneOf("grpc", "http");
        String prefix = fields.text("pathPrefix", "");
        UpstreamTls tls = fields.optionalObject("tls", this::tls);
        if (key == null) {
            return null;
        }
        Protocol protocol = fields.has("http") ? Protocol.HTTP : Protocol.GRPC;
        return fields.object(
                key,
                (node, problems) -> Values.parsed(
                        node, text -> new Authorizer(protocol, uri(protocol, text), prefix, tls), problems));
    }

    /** By gRPC, {@code host:port} is enough. */
    private static URI uri(Protocol protocol, String text) {
        boolean bare = protocol == Protocol.GRPC && !text.contains("://");
        try {
            return URI.create(bare ? "http://" + Address.parse(text) : text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    text + " (expected: " + (bare ? "host:port" : "http://host:port or https://host:port") + ")", e);
        }
    }

    private @Nullable UpstreamTls tls(Node node, Problems problems) {
        Fields fields = Fields.withValues(node, problems);
        String ca = file(fields.optionalText("ca"));
        String serverName = fields.optionalText("serverName");
        String certificate = file(fields.optionalText("certificate"));
        String privateKey = file(fields.optionalText("privateKey"));
        boolean verify = fields.bool("verify", true);
        return fields.build(() -> new UpstreamTls(ca, serverName, certificate, privateKey, verify));
    }

    private @Nullable String file(@Nullable String name) {
        return name == null ? null : directory.resolve(name).toString();
    }

    private static @Nullable Include include(Node node, Problems problems) {
        Fields fields = Fields.withValues(node, problems);
        List<String> headers = fields.texts("headers", Include.DEFAULT.headers());
        Integer body = fields.has("body") && !fields.isOff("body")
                ? fields.object("body", AuthForm::size)
                : Integer.valueOf(0);
        boolean partial = fields.bool("partial", false);
        if (body == null) {
            fields.end();
            return null;
        }
        return fields.build(() -> new Include(headers, body, partial));
    }

    private static @Nullable Integer size(Node node, Problems problems) {
        return Values.parsed(node, AuthForm::bytes, problems);
    }

    private static Integer bytes(String text) {
        long bytes = ByteSize.parse(text).bytes();
        if (bytes > Include.MOST_BODY) {
            throw new IllegalArgumentException("size: " + text + " (expected: at most 1MiB)");
        }
        return (int) bytes;
    }

    private static @Nullable Memory memory(Fields fields) {
        Duration time = fields.isOff("cache") ? Duration.ZERO : fields.duration("cache", Duration.ZERO);
        Duration stale = fields.isOff("stale") ? Duration.ZERO : fields.duration("stale", Duration.ZERO);
        List<KeyPart> key =
                fields.has("cacheKey") ? fields.list("cacheKey", AuthForm::keyPart) : Arrays.asList(KeyPart.values());
        try {
            return new Memory(time, stale, Set.copyOf(key));
        } catch (IllegalArgumentException e) {
            fields.problem("stale", String.valueOf(e.getMessage()), "up to 1d, with cache");
            return null;
        }
    }

    private static @Nullable KeyPart keyPart(Node node, Problems problems) {
        return Values.parsed(
                node,
                text -> {
                    for (KeyPart part : KeyPart.values()) {
                        if (part.name().toLowerCase(Locale.ROOT).equals(text)) {
                            return part;
                        }
                    }
                    throw new IllegalArgumentException(
                            "'" + text + "' (expected: method, host, path, query or source)");
                },
                problems);
    }
}
