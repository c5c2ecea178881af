package io.laneway.gateway.traffic.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.runtime.config.PathConfig;
import io.laneway.gateway.runtime.config.PathConfig.EncodedSlashes;
import io.laneway.gateway.runtime.config.PathConfig.Underscores;
import io.laneway.router.text.NormalPath;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the corpus does not say of paths: what holds for any of them. */
class PathRulesTest {

    private static final String[] PIECES = {
        "/", "/", ".", "..", "%2e", "%2F", "%5C", "a", "b;x", ";", "%", "%41", "%c3%a9", "//", "?", "%25", "\\", "%00",
        "%c0%af", "%7e", "é", "%４１"
    };

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a/b, /a/b",
        "/., /",
        "/.., /",
        "/a/., /a/",
        "/a/../.., /",
        "/a/b/c/./../../g, /a/g",
        "/.a/b./..c, /.a/b./..c",
        "/%2e/%2E%2e/x?%2e%2e/, /x?%2e%2e/",
        "/a%20b, /a%20b",
    })
    void removesDotSegmentsAsTheRfcDoes(String before, String after) {
        assertThat(settled(PathConfig.DEFAULT, before)).isEqualTo(after);
    }

    @Test
    void leavesWhatItMadeAsItIs() {
        SplittableRandom chance = new SplittableRandom(11);
        for (PathConfig config : configs()) {
            for (int i = 0; i < 20_000; i++) {
                String path = path(chance);
                String once = settled(config, path);
                if (once != null) {
                    assertThat(settled(config, once)).as(path).isEqualTo(once);
                }
            }
        }
    }

    @Test
    void leavesNoDotSegmentToAnybodyWhoDecodesOnce() {
        SplittableRandom chance = new SplittableRandom(12);
        for (int i = 0; i < 50_000; i++) {
            String path = path(chance);
            String settled = settled(PathConfig.DEFAULT, path);
            if (settled == null) {
                continue;
            }
            int query = settled.indexOf('?');
            String decoded = (query < 0 ? settled : settled.substring(0, query))
                    .replaceAll("(?i)%2e", ".")
                    .replaceAll("(?i)%2f|%5c|\\\\", "/");
            for (String segment : decoded.split("/", -1)) {
                assertThat(segment.replaceAll(";.*", "")).as(path).isNotIn(".", "..");
            }
        }
    }

    /** Where the two differ, a check of a table passes a route that no request matches, or refuses one that some do. */
    @Test
    void isTheFormThatPathsOfTablesAreHeldAgainst() {
        SplittableRandom chance = new SplittableRandom(13);
        for (int i = 0; i < 50_000; i++) {
            String path = path(chance).replace("?", "");
            assertThat(NormalPath.of(path)).as(path).isEqualTo(settled(PathConfig.DEFAULT, path));
        }
    }

    @Test
    void keepsTheTargetAsItCameForTheLog() {
        RequestHead head = head("/a/../b?q");
        Failure wrong = new PathRules(PathConfig.DEFAULT).settle(head);

        assertThat(wrong).isNull();
        Slice slice = new Slice();
        head.originalTarget(slice);
        assertThat(slice.toString()).isEqualTo("/a/../b?q");
        head.restoreTarget();
        head.target(slice);
        assertThat(slice.toString()).isEqualTo("/a/../b?q");
    }

    private static PathConfig[] configs() {
        return new PathConfig[] {
            PathConfig.DEFAULT,
            new PathConfig(true, true, EncodedSlashes.DECODE, Underscores.ALLOW),
            new PathConfig(false, true, EncodedSlashes.KEEP, Underscores.ALLOW),
            new PathConfig(true, true, EncodedSlashes.REJECT, Underscores.ALLOW)
        };
    }

    private static String path(SplittableRandom chance) {
        StringBuilder path = new StringBuilder("/");
        for (int n = chance.nextInt(9); n > 0; n--) {
            path.append(PIECES[chance.nextInt(PIECES.length)]);
        }
        return path.toString();
    }

    /** The target after it was settled, or null if it was refused. */
    private static String settled(PathConfig config, String target) {
        RequestHead head = head(target);
        if (new PathRules(config).settle(head) != null) {
            return null;
        }
        Slice slice = new Slice();
        head.target(slice);
        return slice.toString();
    }

    private static RequestHead head(String target) {
        RequestHead head = new RequestHead();
        head.clear(1024);
        String octets = new String(target.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        head.start("GET", octets, "a.test");
        return head;
    }
}
