package io.laneway.cli.redirect;

import io.laneway.cli.redirect.RuleTool.Backend;
import picocli.CommandLine.Option;

/** Which program puts rules in place. Confined to one thread. */
final class BackendOption {

    @Option(
            names = "--backend",
            paramLabel = "PROGRAM",
            defaultValue = "auto",
            description = "${COMPLETION-CANDIDATES}; auto is nft where there is one (default: ${DEFAULT-VALUE})")
    private Backend backend;

    RuleTool tool() {
        return RuleTool.of(backend);
    }
}
