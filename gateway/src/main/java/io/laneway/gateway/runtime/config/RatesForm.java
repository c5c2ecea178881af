package io.laneway.gateway.runtime.config;

import io.laneway.gateway.runtime.config.RatesConfig.Failure;
import io.laneway.gateway.runtime.config.RatesConfig.Files;
import io.laneway.gateway.runtime.config.RatesConfig.Login;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The document form of a {@link RatesConfig}. Confined to one thread. */
final class RatesForm {

    private final Path directory;

    RatesForm(Path directory) {
        this.directory = directory;
    }

    @Nullable
    RatesConfig read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        int before = problems.count();
        if (!fields.has("redis")) {
            fields.problem("redis", "missing", "a list of URLs");
        }
        List<String> redis = fields.texts("redis");
        boolean cluster = fields.bool("cluster", false);
        String user = fields.text("user", "");
        String password = fields.text("password", "");
        Path passwordFile = file(fields.optionalText("passwordFile"));
        Path ca = file(fields.optionalText("ca"));
        Path certificate = file(fields.optionalText("certificate"));
        Path privateKey = file(fields.optionalText("privateKey"));
        String prefix = fields.text("prefix", RatesConfig.DEFAULT_PREFIX);
        Duration timeout = fields.duration("timeout", RatesConfig.DEFAULT_TIMEOUT);
        Failure failure = fields.word("failure", Failure.values(), ConfigForms::word, Failure.SHARE);
        if (problems.count() > before) {
            fields.end();
            return null;
        }
        return fields.build(() -> new RatesConfig(
                redis,
                cluster,
                new Login(user, password, passwordFile),
                new Files(ca, certificate, privateKey),
                prefix,
                timeout,
                failure));
    }

    private @Nullable Path file(@Nullable String name) {
        return name == null ? null : directory.resolve(name);
    }
}
