package io.laneway.cli.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.document.Documents;
import io.laneway.router.document.Format;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.testkit.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The release makes an archive of kubectl's plugin, and a manifest of it with which krew installs it. */
class KrewTest {

    private static final Path PROGRAM = Path.of("..", "dist", "krew").toAbsolutePath();
    private static final String ARCHIVE = "kubectl-laneway-1.2.3.tar.gz";

    @TempDir
    Path folder;

    @Test
    void theManifestIsOfTheArchiveBesideIt() throws IOException, InterruptedException, NoSuchAlgorithmException {
        make("out");
        Node manifest = Objects.requireNonNull(Documents.parse(
                Files.readAllBytes(folder.resolve("out/krew/laneway.yaml")),
                "laneway.yaml",
                Format.YAML,
                Problems.strict()));
        byte[] archive = Files.readAllBytes(folder.resolve("out").resolve(ARCHIVE));
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));

        assertThat(text(manifest, "apiVersion")).isEqualTo("krew.googlecontainertools.github.com/v1alpha2");
        assertThat(text(manifest, "kind")).isEqualTo("Plugin");
        assertThat(text(manifest, "metadata.name")).isEqualTo("laneway");
        assertThat(text(manifest, "spec.version")).isEqualTo("v1.2.3");
        assertThat(text(manifest, "spec.platforms[0].uri")).isEqualTo("https://releases.test/1.2.3/" + ARCHIVE);
        assertThat(text(manifest, "spec.platforms[0].sha256")).isEqualTo(sum);
        assertThat(folder.resolve("out").resolve(ARCHIVE + ".sha256")).hasContent(sum + "  " + ARCHIVE + "\n");

        // As krew does: unpack, take the files, link the program.
        run("tar", "-xzf", "out/" + ARCHIVE);
        for (int i = 0; i < 2; i++) {
            assertThat(folder.resolve(text(manifest, "spec.platforms[0].files[" + i + "].from")))
                    .isRegularFile();
        }
        Path program = folder.resolve(text(manifest, "spec.platforms[0].files[0].from"));
        assertThat(program).isExecutable();
        assertThat(program.getFileName()).hasToString(text(manifest, "spec.platforms[0].bin"));
        assertThat(program).hasSameBinaryContentAs(KubectlPluginTest.PLUGIN);
    }

    @Test
    void twoReleasesOfOneVersionHaveTheSameBytes() throws IOException, InterruptedException {
        make("one");
        make("two");

        assertThat(folder.resolve("one").resolve(ARCHIVE))
                .hasSameBinaryContentAs(folder.resolve("two").resolve(ARCHIVE));
        assertThat(folder.resolve("one/krew/laneway.yaml"))
                .hasSameBinaryContentAs(folder.resolve("two/krew/laneway.yaml"));
    }

    private void make(String out) throws IOException, InterruptedException {
        run(
                PROGRAM.toString(),
                "1.2.3",
                "2026-11-01T00:00:00Z",
                folder.resolve(out).toString(),
                "https://releases.test/1.2.3/");
    }

    private void run(String... words) throws IOException, InterruptedException {
        Programs.Ended ended = Programs.run(folder, List.of(words));
        assertThat(ended.exit()).as(ended.output()).isZero();
    }

    private static String text(Node manifest, String path) {
        return manifest.nearest(path) instanceof Scalar scalar ? scalar.text() : "no " + path;
    }
}
