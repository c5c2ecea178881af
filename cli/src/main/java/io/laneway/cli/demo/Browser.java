package io.laneway.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Shows a page in the browser of the person at this machine. Stateless. */
final class Browser {

    private Browser() {}

    /** Opens a page; false where there is no way to. */
    static boolean open(URI page) {
        try {
            new ProcessBuilder(command(System.getProperty("os.name", ""), page))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The command that opens a page on a system of that name. */
    static List<String> command(String system, URI page) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return List.of("open", page.toString());
        }
        return name.startsWith("windows")
                ? List.of("rundll32", "url.dll,FileProtocolHandler", page.toString())
                : List.of("xdg-open", page.toString());
    }
}
