package io.laneway.cli.run;

/** The version of this program. */
public final class ProgramVersion {

    private ProgramVersion() {}

    /** The version as the jar's manifest has it. */
    public static String text() {
        String version = ProgramVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
