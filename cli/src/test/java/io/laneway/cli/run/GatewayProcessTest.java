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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway that cannot start says why in one line. */
class GatewayProcessTest {

    @TempDir
    private Path folder;

    private String start(String listener, String admin) throws IOException {
        return start(listener, admin, "{file: lanes.yaml}");
    }

    private String start(String listener, String admin, String table) throws IOException {
        Files.writeString(folder.resolve("lanes.yaml"), "services: []\n");
        Path file = Files.writeString(
                folder.resolve("laneway.yaml"),
                "listeners:\n- {name: edge, address: \"127.0.0.1:" + listener + "}\nadmin: {address: \"127.0.0.1:"
                        + admin + "\"}\ntable: " + table + "\n");
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{kafka: {servers: nowhere}} | table.kafka: servers: 'nowhere' (expected: host:port, several divided"
                        + " by commas)",
                "{kafka: {servers: 'a:1', properties: {security.protocol: FOO}}} | table.kafka: properties: Invalid"
                        + " value FOO",
                "{kafka: {servers: 'a:1', properties: {default.api.timeout.ms: x}}} | table.kafka: kafka:"
                        + " default.api.timeout.ms",
                "{kubernetes: {settings: {lanes: x}}} | table.kubernetes: lanes: 'x' (expected: labels or namespaces)",
                "{kubernetes: {settings: {window: x}}} | table.kubernetes: window: ",
                "{kubernetes: {settings: {kubeconfig: none}}} | table.kubernetes: kubeconfig: FOLDER/none (expected: a"
                        + " file",
                "{kubernetes: {settings: {file: none}}} | table.kubernetes: file: FOLDER/none (expected: a file",
            })
    void aSettingOfASourceThatIsWrongIsNamed(String table, String why) throws IOException {
        assertThat(start("0\"", "0", table)).startsWith("laneway: " + why.replace("FOLDER", folder.toString()));
    }

    @Test
    void aCertificateThatIsNoneIsNamed() throws IOException {
        Path none = Files.writeString(folder.resolve("none.pem"), "none");

        assertThat(start("0\", tls: {certificates: [{certificate: none.pem, privateKey: none.pem}]}", "0"))
                .startsWith("laneway: listeners: edge: tls: ")
                .contains(none.toString());
    }
}
