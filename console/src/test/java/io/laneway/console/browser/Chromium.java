package io.laneway.console.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running browser without a window. */
public final class Chromium implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("DevTools listening on (ws://\\S+)");

    private final Process process;
    private final DevTools tools;

    private Chromium(Process process, DevTools tools) {
        this.process = process;
        this.tools = tools;
    }

    /** Starts it with a profile of its own in a directory. */
    public static Chromium start(Path program, Path directory) {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--hide-scrollbars",
                "--lang=en-GB",
                "--remote-debugging-port=0",
                "--user-data-dir=" + directory,
                "about:blank"));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new Chromium(process, new DevTools(address(process)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI address(Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                Thread rest = new Thread(() -> lines.lines().forEach(more -> {}), "chromium-output");
                rest.setDaemon(true);
                rest.start();
                return URI.create(address.group(1));
            }
            said.append(line).append('\n');
        }
        throw new IllegalStateException("the browser ended:\n" + said);
    }

    /** Opens a tab that shares nothing with others; relative addresses are below a root such as http://localhost:9900. */
    public Tab tab(String root) {
        var parameters = DevTools.JSON.createObjectNode();
        String context = tools.send("", "Target.createBrowserContext", parameters)
                .get("browserContextId")
                .asText();
        String target = tools.send(
                        "",
                        "Target.createTarget",
                        DevTools.JSON
                                .createObjectNode()
                                .put("url", "about:blank")
                                .put("browserContextId", context))
                .get("targetId")
                .asText();
        String session = tools.send(
                        "",
                        "Target.attachToTarget",
                        DevTools.JSON.createObjectNode().put("targetId", target).put("flatten", true))
                .get("sessionId")
                .asText();
        return new Tab(tools, context, session, root);
    }

    @Override
    public void close() {
        tools.close();
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
