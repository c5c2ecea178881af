package io.laneway.gateway.runtime.config;

import io.laneway.gateway.runtime.config.JwtConfig.Failure;
import io.laneway.gateway.runtime.config.JwtConfig.Issuer;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document form of a {@link JwtConfig}. Confined to one thread. */
final class JwtForm {

    private final Path directory;

    JwtForm(Path directory) {
        this.directory = directory;
    }

    @Nullable
    JwtConfig read(Node node, Problems problems) {
        Fields fields = Fields.withValues(node, problems);
        if (!fields.has("issuers")) {
            fields.problem("issuers", "missing", "a list of issuers");
        }
        int before = problems.count();
        List<Issuer> issuers = fields.list("issuers", this::issuer);
        boolean whole = problems.count() == before;
        boolean require = fields.bool("require", false);
        Map<String, String> headers = fields.textMap("headers");
        boolean forward = fields.bool("forward", true);
        Duration skew = fields.duration("skew", JwtConfig.DEFAULT_SKEW);
        Duration timeout = fields.duration("timeout", JwtConfig.DEFAULT_TIMEOUT);
        Failure failure = fields.word("failure", Failure.values(), ConfigForms::word, Failure.DENY);
        if (!whole) {
            fields.end();
            return null;
        }
        return fields.build(() -> new JwtConfig(issuers, require, headers, forward, skew, timeout, failure));
    }

    private @Nullable Issuer issuer(Node node, Problems problems) {
        Fields fields = Fields.withValues(node, problems);
        String issuer = fields.text("issuer");
        List<String> audiences = fields.texts("audiences");
        URI jwks = fields.object("jwks", this::jwks);
        List<String> types = fields.texts("types", Issuer.DEFAULT_TYPES);
        Duration refresh = fields.duration("refresh", Issuer.DEFAULT_REFRESH);
        String ca = fields.optionalText("ca");
        if (jwks == null) {
            fields.end();
            return null;
        }
        return fields.build(
                () -> new Issuer(issuer, audiences, jwks, types, refresh, ca == null ? null : directory.resolve(ca)));
    }

    /** A URL, or a file. */
    private @Nullable URI jwks(Node node, Problems problems) {
        String text = node instanceof Scalar scalar ? scalar.text() : "";
        try {
            if (!text.isBlank() && !text.contains("://")) {
                return directory.resolve(text).toAbsolutePath().normalize().toUri();
            }
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException | InvalidPathException e) {
            // reported below, with the names of the document
        }
        problems.add(node, node.described(), "http://host/path, https://host/path or a file");
        return null;
    }
}
