package io.laneway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that cannot start says why in one line. */
class GatewayProcessTest {

    @TempDir
    private Path folder;

    private String start(String listener, String admin) throws IOException {
        Files.writeString(folder.resolve("lanes.yaml"), "services: []\n");
        Path file = Files.writeString(
                folder.resolve("laneway.yaml"),
                "listeners:\n- {name: edge, address: \"127.0.0.1:" + listener + "}\nadmin: {address: \"127.0.0.1:"
                        + admin + "\"}\ntable: {file: lanes.yaml}\n");
        StringWriter said = new StringWriter();

        assertThat(GatewayProcess.run(file, new PrintWriter(said, true))).isFalse();

        assertThat(said.toString().lines()).hasSize(1);
        return said.toString().strip();
    }

    @Test
    void aPortThatAnotherProgramHasIsNamed() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();

            assertThat(start("0\"", "" + port))
                    .startsWith("laneway: admin: cannot listen on 127.0.0.1:" + port + ": ")
                    .contains("in use");
            assertThat(start(port + "\"", "0"))
                    .startsWith("laneway: listeners: edge: cannot listen on 127.0.0.1:" + port + ": ")
                    .contains("in use");
        }
    }

    @Test
    void aCertificateThatIsNoneIsNamed() throws IOException {
        Path none = Files.writeString(folder.resolve("none.pem"), "none");

        assertThat(start("0\", tls: {certificates: [{certificate: none.pem, privateKey: none.pem}]}", "0"))
                .startsWith("laneway: listeners: edge: tls: ")
                .contains(none.toString());
    }
}
