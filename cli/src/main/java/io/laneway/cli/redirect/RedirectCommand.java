package io.laneway.cli.redirect;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code laneway redirect print|install|remove}: the rules that lead an application's connections to transparent listeners. */
@Command(
        name = "redirect",
        description =
                "Redirects the TCP connections of this network namespace to the transparent listeners of a gateway"
                        + " beside an application (Linux; as an init container of the pod, with the capability"
                        + " NET_ADMIN).",
        mixinStandardHelpOptions = true,
        subcommands = {RedirectCommand.Print.class, RedirectCommand.Install.class, RedirectCommand.Remove.class})
public final class RedirectCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no verb (expected: print, install or remove)");
    }

    /** {@code laneway redirect print}. */
    @Command(
            name = "print",
            description = "Prints the rules, as nft -f or iptables-restore --noflush reads them.",
            mixinStandardHelpOptions = true)
    static final class Print implements Runnable {

        /** In whose words. */
        enum Form {
            nft,
            iptables,
            ip6tables
        }

        @Spec
        private CommandSpec spec;

        @Mixin
        private RedirectOptions options;

        @Option(
                names = "--form",
                paramLabel = "FORM",
                defaultValue = "nft",
                description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
        private Form form;

        @Override
        public void run() {
            RedirectRules rules = options.rules();
            String text = form == Form.nft
                    ? NftRules.install(rules)
                    : new IptablesRules(rules, form == Form.ip6tables).install(List.of());
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
        }
    }

    /** {@code laneway redirect install}. */
    @Command(
            name = "install",
            description = "Puts the rules in place, for IPv4 and IPv6; those of an earlier call are replaced.",
            mixinStandardHelpOptions = true)
    static final class Install implements Runnable {

        @Mixin
        private RedirectOptions options;

        @Mixin
        private BackendOption backend;

        @Override
        public void run() {
            backend.tool().install(options.rules());
        }
    }

    /** {@code laneway redirect remove}. */
    @Command(
            name = "remove",
            description = "Takes the rules away, if there are any. Open connections stay as they are.",
            mixinStandardHelpOptions = true)
    static final class Remove implements Runnable {

        @Mixin
        private BackendOption backend;

        @Override
        public void run() {
            backend.tool().remove();
        }
    }
}
