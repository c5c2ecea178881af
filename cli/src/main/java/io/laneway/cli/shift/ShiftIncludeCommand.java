package io.laneway.cli.shift;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code laneway shift include default G0 acme}. */
@Command(
        name = "include",
        description = "Pins tenants to an environment, whatever its share.",
        mixinStandardHelpOptions = true)
final class ShiftIncludeCommand implements Runnable {

    @Mixin
    private Pin pin;

    @Override
    public void run() {
        pin.change("include", "exclude");
    }
}
