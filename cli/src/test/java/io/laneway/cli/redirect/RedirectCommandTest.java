package io.laneway.cli.redirect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.cli.command.Laneway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RedirectCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        CommandLine line = Laneway.commandLine(words);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(words);
    }

    private String print(String form) {
        assertThat(run(
                        "redirect",
                        "print",
                        "--form",
                        form,
                        "--uid",
                        "1337,65532",
                        "--gid",
                        "1337",
                        "--exclude-outbound-ports",
                        "3306,8000-8080",
                        "--exclude-inbound-ports",
                        "22",
                        "--exclude-cidrs",
                        "10.0.0.0/8,fd00::/8"))
                .isZero();
        return out.toString();
    }

    @Test
    void theRulesOfNftAreOneTableThatReplacesTheOneBefore() {
        assertThat(print("nft")).isEqualTo("""
            add table inet laneway_redirect
            delete table inet laneway_redirect
            table inet laneway_redirect {
              chain output {
                type nat hook output priority -100; policy accept;
                oifname "lo" return
                meta skuid { 1337, 65532 } return
                meta skgid { 1337 } return
                tcp dport { 53, 3306, 8000-8080 } return
                ip daddr { 10.0.0.0/8 } return
                ip6 daddr { fd00:0:0:0:0:0:0:0/8 } return
                meta l4proto tcp redirect to :15001
              }
              chain prerouting {
                type nat hook prerouting priority -100; policy accept;
                iifname "lo" return
                fib daddr type != local return
                tcp dport { 9901, 9902, 15001, 15006, 22 } return
                meta l4proto tcp redirect to :15006
              }
            }
            """);
    }

    @Test
    void theRulesOfIptablesAreChainsOfTheirOwn() {
        assertThat(print("iptables")).isEqualTo("""
            *nat
            :LANEWAY_OUTPUT - [0:0]
            :LANEWAY_PREROUTING - [0:0]
            -A LANEWAY_OUTPUT -o lo -j RETURN
            -A LANEWAY_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A LANEWAY_OUTPUT -m owner --uid-owner 65532 -j RETURN
            -A LANEWAY_OUTPUT -m owner --gid-owner 1337 -j RETURN
            -A LANEWAY_OUTPUT -p tcp --dport 53 -j RETURN
            -A LANEWAY_OUTPUT -p tcp --dport 3306 -j RETURN
            -A LANEWAY_OUTPUT -p tcp --dport 8000:8080 -j RETURN
            -A LANEWAY_OUTPUT -d 10.0.0.0/8 -j RETURN
            -A LANEWAY_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            -A OUTPUT -p tcp -j LANEWAY_OUTPUT
            -A LANEWAY_PREROUTING -i lo -j RETURN
            -A LANEWAY_PREROUTING -m addrtype ! --dst-type LOCAL -j RETURN
            -A LANEWAY_PREROUTING -p tcp --dport 9901 -j RETURN
            -A LANEWAY_PREROUTING -p tcp --dport 9902 -j RETURN
            -A LANEWAY_PREROUTING -p tcp --dport 15001 -j RETURN
            -A LANEWAY_PREROUTING -p tcp --dport 15006 -j RETURN
            -A LANEWAY_PREROUTING -p tcp --dport 22 -j RETURN
            -A LANEWAY_PREROUTING -p tcp -j REDIRECT --to-ports 15006
            -A PREROUTING -p tcp -j LANEWAY_PREROUTING
            COMMIT
            """);
    }

    @Test
    void aDirectionMayBeLeftOut() {
        assertThat(run("redirect", "print", "--inbound-port", "0")).isZero();
        assertThat(out.toString()).contains("chain output").doesNotContain("prerouting");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--exclude-cidrs=example.com|a network such as 10.0.0.0/8 or fd00::/8",
                "--exclude-cidrs=10.0.0.0/33|a network such as 10.0.0.0/8 or fd00::/8",
                "--exclude-outbound-ports=0|a port such as 22, or 8000-8080",
                "--exclude-inbound-ports=9-8|a port such as 22, or 8000-8080",
                "--outbound-port=70000|0 to 65535",
                "--uid=gateway|Invalid value"
            })
    void whatCannotBeIsWrongUsage(String option, String expected) {
        assertThat(run("redirect", "print", option)).isEqualTo(2);
        assertThat(err.toString()).contains(expected);
    }

    @Test
    void noDirectionIsWrongUsage() {
        assertThat(run("redirect", "print", "--inbound-port=0", "--outbound-port=0"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("no direction");
    }

    /** In a namespace without rules, as nothing is put in place. */
    @ParameterizedTest
    @CsvSource({"iptables,iptables-restore", "ip6tables,ip6tables-restore", "nft,nft"})
    void theProgramsTakeTheRules(String form, String program) throws IOException, InterruptedException {
        Path found = Path.of("/usr/sbin", program);
        assumeTrue(Files.isExecutable(found), "no " + found);
        assumeTrue(Namespace.missing().isEmpty(), Namespace.missing());
        String[] check = form.equals("nft")
                ? new String[] {"unshare", "-n", found.toString(), "-c", "-f", "-"}
                : new String[] {"unshare", "-n", found.toString(), "--test", "--noflush"};
        Process process = new ProcessBuilder(check).redirectErrorStream(true).start();
        process.getOutputStream().write(print(form).getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
