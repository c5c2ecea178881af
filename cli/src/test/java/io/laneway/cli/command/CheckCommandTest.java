package io.laneway.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CheckCommandTest {

    private static final String TABLE = """
        schema: 1
        services:
          - {name: order, deployments: [{lane: master, endpoints: ["127.0.0.1:9001"]}]}
        """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @BeforeEach
    void table() throws IOException {
        write("lanes.yaml", TABLE);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private int check(String file) {
        CommandLine line = Laneway.commandLine("check", file);
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("check", folder.resolve(file).toString());
    }

    private int checkGateway(String listener, String rest) throws IOException {
        write("laneway.yaml", "listeners:\n  - {name: edge, " + listener + "}\n" + rest + "\n");
        return check("laneway.yaml");
    }

    @Test
    void placesThatCannotBeWrittenToAreProblems() throws IOException {
        write("file", "");

        int exit = checkGateway(
                "address: \":8080\"",
                "table: {file: lanes.yaml}\naccessLog: {path: gone/access.log}\ndata: file\ndrain: {handover: file/s}");

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString().lines())
                .hasSize(3)
                .anyMatch(line -> line.contains("accessLog.path: " + folder.resolve("gone") + " does not exist"))
                .anyMatch(line -> line.contains("data: " + folder.resolve("file") + " is no directory"))
                .anyMatch(line -> line.contains("drain.handover: " + folder.resolve("file") + " is no directory"));
    }

    @Test
    void problemsOfFormKeepNothingElseFromBeingChecked() throws IOException {
        write("lanes.yaml", TABLE + "colour: red\n");
        write("file", "");

        int exit = checkGateway(
                "address: \":8443\", shape: round, tls: {certificates: [{certificate: a.pem, privateKey: a.key}]}",
                "table: {file: lanes.yaml}\ndata: file\nsize: 3");

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString().lines())
                .hasSize(6)
                .anyMatch(line -> line.contains(":2: listeners[0].shape: "))
                .anyMatch(line -> line.contains(":5: size: "))
                .anyMatch(line -> line.contains("a.pem does not exist"))
                .anyMatch(line -> line.contains("a.key does not exist"))
                .anyMatch(line -> line.contains("data: " + folder.resolve("file") + " is no directory"))
                .anyMatch(line -> line.contains("lanes.yaml:4: colour: "));
        assertThat(err.toString())
                .contains("laneway.yaml: not checked: warnings of listeners; references to and from parts")
                .contains("services that listeners and filters name (expected: problems mended, then another check)");
    }

    @Test
    void partsWithProblemsAreNamedAsNotChecked() throws IOException {
        checkGateway(
                "address: \":8443\", tls: {certificates: [{certificate: a.pem}]}",
                "table: {file: lanes.yaml}\naccessLog: {path: gone/access.log}");

        assertThat(out.toString())
                .contains("listeners[0].tls.certificates[0].privateKey", "accessLog.path")
                .doesNotContain("a.pem does not exist");
        assertThat(err.toString())
                .contains("not checked: files of listeners[0].tls; warnings of listeners (expected: ");
    }

    @Test
    void aConfigurationWithoutAUsableListenerStillHasItsTableChecked() throws IOException {
        write("lanes.yaml", TABLE + "colour: red\n");

        assertThat(checkGateway("adress: \":8080\"", "table: {file: lanes.yaml}"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("listeners[0].address: ", "lanes.yaml:4: colour: ");
        assertThat(err.toString())
                .contains("not checked: files, places, filters and services that the configuration names");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "services: [{name: order, hosts: 3}] | not checked: references to and from parts of the table",
                "services: [ | not checked: the document, which cannot be read",
                "services: [{name: order}] | ",
            })
    void whatOfATableWasNotCheckedIsSaid(String table, String said) throws IOException {
        write("lanes.yaml", table);

        assertThat(check("lanes.yaml")).isEqualTo(said == null ? 0 : 1);
        if (said == null) {
            assertThat(err.toString()).doesNotContain("not checked");
        } else {
            assertThat(err.toString()).contains(said);
        }
    }

    @Test
    void filesOfTlsToTheControlApiMustBeThereAndBelongTogether() throws Exception {
        String table =
                "table: {control: \"https://c.test:9900\", tls: {ca: ca.pem, certificate: c.pem, privateKey: k.pem}}";
        assertThat(checkGateway("address: \":8080\"", table)).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "table.tls.ca: ", "table.tls.certificate: ", "table.tls.privateKey: ", "ca.pem does not exist");

        X509Bundle one = authority("CN=a");
        X509Bundle other = authority("CN=b");
        write("ca.pem", one.getCertificatePEM());
        write("c.pem", one.getCertificatePEM());
        write("k.pem", one.getPrivateKeyPEM());
        assertThat(checkGateway("address: \":8080\"", table)).as(out.toString()).isZero();
        write("k.pem", other.getPrivateKeyPEM());
        assertThat(checkGateway("address: \":8080\"", table)).isEqualTo(1);
        assertThat(out.toString()).contains("laneway.yaml:3: table.tls: key ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{kafka: {servers: nowhere}} | 3: table.kafka.servers: 'nowhere' (expected: host:port",
                "{kafka: {servers: 'a:1', properties: {security.protocol: FOO}}} | 3: table.kafka.properties: Invalid"
                        + " value FOO",
                "{kafka: {servers: 'a:1', topic: ''}} | 3: table.kafka.topic: ",
                "{kubernetes: {settings: {lanes: x}}} | 3: table.kubernetes.settings.lanes: 'x' (expected: labels or"
                        + " namespaces)",
                "{kubernetes: {settings: {kubeconfig: none}}} | 3: table.kubernetes.settings.kubeconfig: FOLDER/none"
                        + " (expected: a file",
                "{kubernetes: {settings: {file: none}}} | 3: table.kubernetes.settings.file: FOLDER/none (expected: a"
                        + " file",
            })
    void settingsOfASourceAreLookedAt(String table, String problem) throws IOException {
        assertThat(checkGateway("address: \":8080\"", "table: " + table)).isEqualTo(1);
        assertThat(out.toString()).contains(problem.replace("FOLDER", folder.toString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "table: {control: 'http://127.0.0.1:9900', token: ''} | 3: table.token: warning: an empty text",
                "table: {control: 'http://127.0.0.1:9900', token: '${LANEWAY_NOT_SET:-}'} | ",
                "table: {kafka: {servers: 'a:1', properties: {ssl.endpoint.identification.algorithm: ''}}} | ",
            })
    void anEmptyTextIsSeldomMeant(String rest, String warning) throws IOException {
        assertThat(checkGateway("address: \":8080\"", rest)).isZero();
        String said = out.toString() + err;
        if (warning == null) {
            assertThat(said).doesNotContain("empty text");
        } else {
            assertThat(said).contains(warning);
        }
    }

    @Test
    void theTableThatIsLaidUnderAClusterIsRead() throws IOException {
        Path own = write("own.yaml", "lanes: []\nservice: []\n");
        assertThat(checkGateway("address: \":8080\"", "table: {kubernetes: {settings: {file: " + own + "}}}"))
                .isEqualTo(1);
        assertThat(out.toString()).contains(own + ":2: service: ");
    }

    @Test
    void placesThatAreMadeAtTheStartAreNone() throws IOException {
        int exit = checkGateway(
                "address: \":8080\"",
                "table: {file: lanes.yaml}\naccessLog: {path: access.log}\ndata: new/data\ndrain: {handover: run/s}");

        assertThat(exit).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void whatHasNoEffectIsAWarning() throws IOException {
        write("lanes.yaml", TABLE + "routes: [{path: /a, service: order}, {path: /a/, service: order}]\n");

        assertThat(check("lanes.yaml")).isZero();
        assertThat(err.toString()).contains("routes[1]: warning: never used for any host: routes[0] has the same");
    }

    @Test
    void absentFilesOfTlsAndTableAreNamedAllAtOnce() throws IOException {
        int exit = checkGateway(
                "address: \":8443\", tls: {certificates: [{certificate: a.pem, privateKey: a.key}], clientCa: ca.pem}",
                "table: {file: gone.yaml}");

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString().lines())
                .hasSize(4)
                .anyMatch(line -> line.contains(":2: listeners[0].tls.certificates[0].certificate: ")
                        && line.contains("a.pem does not exist (expected: a readable file)"))
                .anyMatch(line -> line.contains("a.key does not exist"))
                .anyMatch(
                        line -> line.contains("listeners[0].tls.clientCa: ") && line.contains("ca.pem does not exist"))
                .anyMatch(line -> line.contains(":3: table.file: ") && line.contains("gone.yaml does not exist"));
    }

    private static X509Bundle authority(String subject) throws Exception {
        return new CertificateBuilder()
                .subject(subject)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    @Test
    void aKeyOfAnotherCertificateIsAProblem() throws Exception {
        X509Bundle one = authority("CN=a");
        X509Bundle other = authority("CN=b");
        write("a.pem", one.getCertificatePathPEM());
        write("a.key", one.getPrivateKeyPEM());
        String tls = "address: \":8443\", tls: {certificates: [{certificate: a.pem, privateKey: a.key}]}";
        assertThat(checkGateway(tls, "table: {file: lanes.yaml}"))
                .as(out.toString())
                .isZero();

        write("a.key", other.getPrivateKeyPEM());
        assertThat(checkGateway(tls, "table: {file: lanes.yaml}")).isEqualTo(1);
        assertThat(out.toString()).contains("laneway.yaml:2: listeners[0].tls: ");
    }

    @Test
    void aClaimThatChoosesTenantsOnAListenerWithoutJwtIsWarnedOf() throws IOException {
        String shift = "shifts: [{name: s, tenant: [{header: x}, {jwtClaim: org}], environments: []}]\n";
        write("lanes.yaml", TABLE.replace("{name: order,", "{name: order, shift: s,") + shift);
        String two = "address: \":8080\"}\n  - {name: inside, address: \":8081\", trust: internal";

        assertThat(checkGateway(two, "table: {file: lanes.yaml}"))
                .as(out.toString())
                .isZero();
        assertThat(err.toString().lines().filter(line -> line.contains("warning")))
                .singleElement()
                .asString()
                .contains("laneway.yaml:2: listeners[0]: warning: shift s takes tenants from the claim org, which is"
                        + " absent on listener edge: it verifies no tokens (expected: jwt, so that tokens count)");
    }

    @Test
    void aDemandForTokensWithoutJwtAndAnIssuerWithoutAudiencesAreWarnedOf() throws IOException {
        write(
                "lanes.yaml",
                TABLE.replace("{name: order,", "{name: order, policy: {access: {public: false}},")
                        + "routes: [{path: /in, service: order, access: {public: false}}]\n");

        assertThat(checkGateway("address: \":8080\"", "table: {file: lanes.yaml}"))
                .as(out.toString())
                .isZero();
        assertThat(err.toString())
                .contains("service order demands a token, which has no effect on listener edge: it verifies no tokens")
                .contains("route /in demands a token, which has no effect on listener edge");
        write("keys.json", "{\"keys\":[]}");
        checkGateway("address: \":8080\", jwt: {issuers: [{issuer: i, jwks: keys.json}]}", "table: {file: lanes.yaml}");
        assertThat(err.toString()).contains("listeners[0].jwt.issuers[0]: warning: tokens of this issuer count for");
    }

    @Test
    void aDemandHasItsEffectWhereAnAuthorizerIsAsked() throws IOException {
        write("lanes.yaml", TABLE.replace("{name: order,", "{name: order, policy: {access: {public: false}},"));

        assertThat(checkGateway(
                        "address: \":8080\", auth: {grpc: \"127.0.0.1:9191\", require: false}",
                        "table: {file: lanes.yaml}"))
                .as(out.toString())
                .isZero();
        assertThat(err.toString()).doesNotContain("warning");
    }

    @Test
    void filtersThatCannotBeHadAreProblems() throws IOException {
        Files.createDirectory(folder.resolve("filters"));
        write("filters/broken.jar", "no zip");

        assertThat(checkGateway(
                        "address: \":8080\", filters: [{filter: api-keys, services: [gone]}]",
                        "table: {file: lanes.yaml}\nfilters: {path: filters}"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("broken.jar: cannot be read: ")
                .contains("laneway.yaml:2: listeners[0].filters[0].filter: 'api-keys'")
                .contains("laneway.yaml:2: listeners[0].filters[0].services: service gone is not in the table");
    }

    @Test
    void withJwtClaimsCountAndAnAbsentFileOfKeysIsNamed() throws IOException {
        write(
                "lanes.yaml",
                TABLE.replace("{name: order,", "{name: order, shift: s,")
                        + "shifts: [{name: s, tenant: [{jwtClaim: org}], environments: []}]\n");
        String jwt = "address: \":8080\", jwt: {issuers: [{issuer: i, audiences: [a], jwks: keys.json}]}";

        assertThat(checkGateway(jwt, "table: {file: lanes.yaml}")).isEqualTo(1);
        assertThat(err.toString()).doesNotContain("warning");
        assertThat(out.toString())
                .contains(
                        ":2: listeners[0].jwt.issuers[0].jwks: ",
                        "keys.json does not exist (expected: a readable file)");
        write("keys.json", "{\"keys\":[]}");
        assertThat(checkGateway(jwt, "table: {file: lanes.yaml}")).isZero();
    }

    @Test
    void filesOfABucketOfRecordingsMustBeThere() throws IOException {
        write("lanes.yaml", TABLE);
        String bucket = "table: {file: lanes.yaml}\nrecordings: {s3: {bucket: rec, credentials: who, ca: s3.pem}}";

        assertThat(checkGateway("address: \":8080\"", bucket)).isEqualTo(1);
        assertThat(out.toString())
                .contains("recordings.s3.ca: ", "recordings.s3.credentials: ", "s3.pem does not exist");
    }

    @Test
    void filesOfThoseWhomListenersAskMustBeThere() throws IOException {
        write("lanes.yaml", TABLE);
        String asked = "address: \":8080\", auth: {grpc: \"https://a.test:1\", tls: {ca: ca.pem, certificate: c.pem,"
                + " privateKey: k.pem}}, jwt: {issuers: [{issuer: i, audiences: [a], jwks: \"https://i.test/k\", ca:"
                + " i.pem}]}";

        assertThat(checkGateway(asked, "table: {file: lanes.yaml}")).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        ":2: listeners[0].auth.tls.ca: ",
                        "ca.pem does not exist (expected: a readable file)",
                        ":2: listeners[0].auth.tls.certificate: ",
                        ":2: listeners[0].auth.tls.privateKey: ",
                        ":2: listeners[0].jwt.issuers[0].ca: ",
                        "i.pem does not exist (expected: a readable file)");
        for (String file : new String[] {"ca.pem", "c.pem", "k.pem", "i.pem"}) {
            write(file, "");
        }
        assertThat(checkGateway(asked, "table: {file: lanes.yaml}"))
                .as(out.toString())
                .isZero();
    }

    @Test
    void errorPagesMustBeTemplates() throws IOException {
        write("lanes.yaml", TABLE);
        write("p.html", "a\n{{stauts}}");
        String rest = """
            table: {file: lanes.yaml}
            errorPages:
              default: {404: none.html}
              services: {order: {5xx: p.html}}
            """;

        assertThat(checkGateway("address: \":8080\"", rest)).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        ": errorPages.default.404: ",
                        "none.html does not exist (expected: a readable file)",
                        ": errorPages.services.order.5xx: ",
                        "p.html:2: {{stauts}} (expected: {{name}} with one of status, title,");
        write("p.html", "{{status}}");
        write("none.html", "");
        assertThat(checkGateway("address: \":8080\"", rest)).as(out.toString()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8080, 127.0.0.1:8080, taken",
        "127.0.0.1:8080, localhost:8080, taken",
        "0.0.0.0:8080, 127.0.0.1:8080, taken",
        "127.0.0.1:8080, :8080, taken",
        "127.0.0.1:8080, 127.0.0.2:8080, free",
        "127.0.0.1:8080, 127.0.0.1:8081, free",
        "127.0.0.1:0, 127.0.0.1:0, free",
    })
    void theAdminsAddressIsNoListeners(String listener, String admin, String expected) throws IOException {
        int exit = checkGateway(
                "address: \"" + listener + "\"", "admin: {address: \"" + admin + "\"}\ntable: {file: lanes.yaml}");

        assertThat(exit).as(out.toString()).isEqualTo(expected.equals("taken") ? 1 : 0);
        if (exit == 1) {
            assertThat(out.toString()).contains(":3: admin.address: ", "is taken by listener edge");
        }
    }

    @Test
    void twoListenersOfOneAddressAreAProblem() throws IOException {
        int exit = checkGateway(
                "address: \":8080\"}\n  - {name: other, address: \"127.0.0.1:8080\"", "table: {file: lanes.yaml}");

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString()).contains(":3: listeners[1].address: 127.0.0.1:8080 is taken by listener edge");
    }

    @Test
    void aListenersServiceIsOneOfTheTable() throws IOException {
        assertThat(checkGateway("address: \":8080\", service: ordr", "table: {file: lanes.yaml}"))
                .isEqualTo(1);
        assertThat(out.toString()).contains(":2: listeners[0].service: service ordr is not in the table");
        assertThat(checkGateway("address: \":8080\", service: order", "table: {file: lanes.yaml}"))
                .isZero();
    }

    @Test
    void problemsOfTheTablesFileAreProblemsOfTheConfiguration() throws IOException {
        write("lanes.yaml", TABLE + "colour: red\n");

        assertThat(checkGateway("address: \":8080\"", "table: {file: lanes.yaml}"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("lanes.yaml:4: colour: ");
    }

    @Test
    void absentFilesOfUpstreamTlsAreNamed() throws IOException {
        write("lanes.yaml", """
            schema: 1
            services:
              - name: order
                deployments:
                  - {lane: master, protocol: https, endpoints: ["127.0.0.1:9001"], tls: {ca: /nowhere/ca.pem}}
            """);

        assertThat(checkGateway("address: \":8080\"", "table: {file: lanes.yaml}"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("lanes.yaml:5: services[0].deployments[0].tls.ca: /nowhere/ca.pem does not exist");
    }

    @Test
    void aServiceWithoutABaseDeploymentIsAWarning() throws IOException {
        write("lanes.yaml", """
            schema: 1
            lanes: [{name: f-1}]
            services:
              - {name: order, deployments: [{lane: f-1, endpoints: ["127.0.0.1:9001"]}]}
            """);

        assertThat(check("lanes.yaml")).isZero();
        assertThat(err.toString())
                .contains("lanes.yaml:4: services[0]: warning: service order has no deployment in the base");
        assertThat(checkGateway("address: \":8080\"", "table: {file: lanes.yaml}"))
                .isZero();
    }
}
