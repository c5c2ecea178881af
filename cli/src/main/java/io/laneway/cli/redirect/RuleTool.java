package io.laneway.cli.redirect;

import io.laneway.cli.remote.CommandFailed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The programs that put rules in place. Confined to one thread. */
final class RuleTool {

    private static final Path IPV6 = Path.of("/proc/net/if_inet6");

    /** They are there on many systems where the PATH of a user does not lead. */
    private static final List<String> MORE = List.of("/usr/sbin", "/sbin", "/usr/local/sbin");

    /** Which of them are used. */
    enum Backend {
        auto,
        nft,
        iptables
    }

    private record Run(int code, String errors) {}

    private final boolean nft;

    private RuleTool(boolean nft) {
        this.nft = nft;
    }

    /** The one that is asked for, or the first that this system has. */
    static RuleTool of(Backend backend) {
        return new RuleTool(backend == Backend.nft || (backend == Backend.auto && has("nft")));
    }

    /** Puts rules in place of those that an earlier call put there. */
    void install(RedirectRules rules) {
        if (nft) {
            must(List.of(path("nft"), "-f", "-"), NftRules.install(rules));
            return;
        }
        for (boolean six : families()) {
            String text = new IptablesRules(rules, six).install(jumps(six));
            must(List.of(path(program(six) + "-restore"), "--noflush"), text);
        }
    }

    /** Takes rules away; nothing happens where there are none. */
    void remove() {
        if (nft) {
            must(List.of(path("nft"), "-f", "-"), NftRules.remove());
            return;
        }
        for (boolean six : families()) {
            List<IptablesRules.Jump> there = jumps(six);
            if (!there.isEmpty()) {
                must(List.of(path(program(six) + "-restore"), "--noflush"), IptablesRules.remove(there));
            }
        }
    }

    private static List<Boolean> families() {
        return Files.exists(IPV6) ? List.of(false, true) : List.of(false);
    }

    private static String program(boolean six) {
        return six ? "ip6tables" : "iptables";
    }

    private List<IptablesRules.Jump> jumps(boolean six) {
        List<IptablesRules.Jump> there = new ArrayList<>();
        for (IptablesRules.Jump jump : List.of(IptablesRules.OUTPUT, IptablesRules.PREROUTING)) {
            List<String> check = new ArrayList<>(List.of(path(program(six)), "-t", "nat", "-C"));
            check.addAll(jump.words());
            if (run(check, "").code() == 0) {
                there.add(jump);
            }
        }
        return there;
    }

    private static void must(List<String> command, String input) {
        Run run = run(command, input);
        if (run.code() != 0) {
            throw new CommandFailed("redirect: " + String.join(" ", command) + ": "
                    + (run.errors().isEmpty() ? "exit code " + run.code() : run.errors())
                    + " (expected: Linux with netfilter, and the capability NET_ADMIN)");
        }
    }

    private static Run run(List<String> command, String input) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // it ended without reading: its exit code says more
            }
            String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), errors.strip().replaceAll("\\s*\\R\\s*", "; "));
        } catch (IOException e) {
            throw new CommandFailed("redirect: " + command.get(0) + " cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("redirect: interrupted");
        }
    }

    private static boolean has(String program) {
        return !find(program).isEmpty();
    }

    private static String path(String program) {
        String found = find(program);
        if (found.isEmpty()) {
            throw new CommandFailed(
                    "redirect: " + program + " is not on the PATH (expected: nft, or iptables with iptables-restore)");
        }
        return found;
    }

    private static String find(String program) {
        List<String> directories = new ArrayList<>(Pattern.compile(":")
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .toList());
        directories.addAll(MORE);
        return directories.stream()
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
    }
}
