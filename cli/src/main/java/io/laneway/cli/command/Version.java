package io.laneway.cli.command;

import io.laneway.cli.run.ProgramVersion;
import picocli.CommandLine.IVersionProvider;

/** The line that {@code --version} prints. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            ProgramVersion.distribution() + " " + ProgramVersion.text() + " on Java " + Runtime.version()
        };
    }
}
