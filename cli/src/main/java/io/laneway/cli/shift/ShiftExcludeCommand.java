package io.laneway.cli.shift;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code laneway shift exclude default G0 acme}. */
@Command(
        name = "exclude",
        description = "Keeps tenants out of an environment, whatever its share.",
        mixinStandardHelpOptions = true)
final class ShiftExcludeCommand implements Runnable {

    @Mixin
    private Pin pin;

    @Override
    public void run() {
        pin.change("exclude", "include");
    }
}
