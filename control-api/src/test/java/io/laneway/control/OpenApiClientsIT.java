package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.testkit.Programs;
import io.laneway.testkit.Programs.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The OpenAPI file as tools of others read it: OpenAPI Generator finds nothing wrong in it, and what it makes of it
 * compiles. The build lays the generator and what its Java client needs into {@code target/openapi}.
 */
class OpenApiClientsIT {

    private static final Path TOOLS = Path.of("target/openapi").toAbsolutePath();
    private static final String GENERATOR =
            TOOLS.resolve("openapi-generator-cli.jar").toString();
    private static final String FILE = OpenApiFile.PATH.toAbsolutePath().toString();

    @TempDir
    private Path directory;

    private Ended generator(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(tool("java"), "-XX:TieredStopAtLevel=1", "-jar", GENERATOR));
        command.addAll(List.of(words));
        return Programs.run(directory, command);
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private List<String> files(String root, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve(root))) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(ending))
                    .toList();
        }
    }

    @Test
    void theFileIsValid() throws Exception {
        Ended ended = generator("validate", "--recommend", "-i", FILE);

        assertThat(ended.output()).contains("No validation issues detected");
        assertThat(ended.exit()).isZero();
    }

    @Test
    void aGeneratedJavaClientCompiles() throws Exception {
        Ended generated = generator(
                "generate",
                "-i",
                FILE,
                "-g",
                "java",
                "--library",
                "native",
                "--additional-properties=useJakartaEe=true",
                "-o",
                "client");
        assertThat(generated.exit()).as(generated.output()).isZero();
        List<String> command = new ArrayList<>(
                List.of(tool("javac"), "-nowarn", "-proc:none", "-d", "classes", "-cp", TOOLS.resolve("lib") + "/*"));
        command.addAll(files("client/src/main/java", ".java"));
        Ended compiled = Programs.run(directory, command);

        assertThat(compiled.exit()).as(compiled.output()).isZero();
        assertThat(files("classes", ".class")).hasSizeGreaterThan(100);
    }

    @Test
    void aGeneratedTypeScriptClientCompiles() throws Exception {
        String compiler = System.getenv().getOrDefault("LANEWAY_TSC", "tsc");
        assumeTrue(
                Programs.has(compiler),
                "skipped: no TypeScript compiler (expected: tsc on the PATH, or its path in LANEWAY_TSC)");
        Ended generated = generator("generate", "-i", FILE, "-g", "typescript-fetch", "-o", "client");
        assertThat(generated.exit()).as(generated.output()).isZero();
        Ended compiled = Programs.run(
                directory,
                List.of(
                        compiler,
                        "--noEmit",
                        "--strict",
                        "--target",
                        "es2022",
                        "--lib",
                        "es2022,dom",
                        "--module",
                        "esnext",
                        "--moduleResolution",
                        "bundler",
                        "client/index.ts"));

        assertThat(compiled.exit()).as(compiled.output()).isZero();
    }
}
