package io.laneway.cli.run;

/** The version of this program, and which distribution it is, as the jar's manifest has them. */
public final class ProgramVersion {

    /** The distribution that lacks nothing. */
    public static final String FULL = "laneway";

    private ProgramVersion() {}

    /** The version, such as {@code 0.1.0}. */
    public static String text() {
        String version = ProgramVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The distribution: {@code laneway} with everything, or {@code laneway-gateway}. */
    public static String distribution() {
        String title = ProgramVersion.class.getPackage().getImplementationTitle();
        return title == null ? FULL : title;
    }

    /** What is wrong with what this distribution lacks; expected is {@link #FULL}. */
    public static String lacking() {
        return "not in this distribution, " + distribution();
    }
}
