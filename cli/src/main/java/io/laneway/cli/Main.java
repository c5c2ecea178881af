package io.laneway.cli;

import io.laneway.cli.command.Laneway;
import io.laneway.cli.run.GatewayProcess;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Set;

/** Entry of the {@code laneway} command. */
public final class Main {

    private static final Set<String> CONFIG = Set.of("-c", "--config");

    private Main() {}

    /** Runs the command and ends the process with its exit code: 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] args) {
        System.exit(isGateway(args) ? gateway(Path.of(args[2])) : Laneway.execute(args));
    }

    // Decision 0031: setting up the reader of options takes a third of a gateway's time to start.
    private static boolean isGateway(String[] args) {
        return args.length == 3 && args[0].equals("gateway") && CONFIG.contains(args[1]) && !args[2].matches("[-@].*");
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // as the reader of options does it
    private static int gateway(Path file) {
        try {
            return GatewayProcess.run(file, new PrintWriter(System.err, true, Charset.defaultCharset())) ? 0 : 1;
        } catch (RuntimeException e) {
            e.printStackTrace();
            return 1;
        }
    }
}
