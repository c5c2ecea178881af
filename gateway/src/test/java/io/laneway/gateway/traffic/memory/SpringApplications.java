package io.laneway.gateway.traffic.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.laneway.testkit.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.tools.ToolProvider;

/**
 * The application of {@code src/test/applications/spring}, compiled against a major version of Spring Boot, whose class path
 * Maven resolves: versions of it have no room beside each other on the class path of the tests.
 */
final class SpringApplications {

    private static final Path SOURCES = Path.of("src/test/applications/spring").toAbsolutePath();
    private static final String CLASS_PATH = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath";
    private static final Map<Integer, String> READY = new ConcurrentHashMap<>();

    private SpringApplications() {}

    /** The command that starts it with these options of the JVM; its calls go to that port. */
    static List<String> command(int boot, List<String> options, int calls) {
        String classPath = READY.computeIfAbsent(boot, SpringApplications::compiled);
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx256m"));
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                classPath,
                "clients.ClientsApplication",
                "--calls=http://127.0.0.1:" + calls,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--spring.main.lazy-initialization=true",
                "--logging.level.root=off"));
        return command;
    }

    private static String compiled(int boot) {
        try {
            Path built = Files.createDirectories(
                    Path.of("target/applications/spring-boot-" + boot).toAbsolutePath());
            String libraries = resolved(SOURCES.resolve("boot-" + boot + ".xml"), built);
            int failed = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            null,
                            null,
                            "-parameters",
                            "-proc:none",
                            "--release",
                            "17",
                            "-d",
                            built.toString(),
                            "-cp",
                            libraries,
                            SOURCES.resolve("clients/ClientsApplication.java").toString());
            assertThat(failed).as("compiled against Spring Boot " + boot).isZero();
            return built + System.getProperty("path.separator") + libraries;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The libraries of a pom: without the network if they are there, and by it if not. */
    private static String resolved(Path pom, Path built) throws IOException, InterruptedException {
        Path out = built.resolve("libraries");
        List<String> maven = List.of(
                Path.of("../mvnw").toAbsolutePath().toString(),
                "-B",
                "-q",
                "-f",
                pom.toString(),
                "-Dmdep.outputFile=" + out,
                CLASS_PATH);
        List<String> offline = new ArrayList<>(maven);
        offline.add(1, "-o");
        Programs.Ended ended = Programs.run(built, offline);
        if (ended.exit() != 0) {
            ended = Programs.run(built, maven);
        }
        if (ended.exit() != 0 && System.getenv("LANEWAY_CI") == null) {
            abort("skipped: Maven cannot resolve " + pom + ": " + ended.output());
        }
        assertThat(ended.exit()).as(ended.output()).isZero();
        return Files.readString(out).trim();
    }
}
