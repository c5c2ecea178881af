package io.laneway.control.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModuleGraphTest {

    private static Map<String, byte[]> files(String... pairs) {
        Map<String, byte[]> files = new HashMap<>();
        for (int at = 0; at < pairs.length; at += 2) {
            files.put(pairs[at], pairs[at + 1].getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }

    @Test
    void followsWhatIsImportedAtTheStartAndNothingElse() {
        Map<String, byte[]> files = files(
                "app/main.js",
                """
                /** import {no} from './comment.js'; is not at the beginning */
                import {a,
                  b} from './lib/a.js';
                import './side.js';
                export {c} from "./lib/c.js";
                import gone from './gone.js';
                const page = () => import('./late.js');
                const text = 'from';""",
                "app/lib/a.js",
                "import{h}from\"../../vendor/h.js\";export{h};import x from'./c.js';",
                "app/lib/c.js",
                "import '../main.js';",
                "vendor/h.js",
                "",
                "app/side.js",
                "",
                "app/late.js",
                "",
                "app/comment.js",
                "");

        assertThat(ModuleGraph.of("app/main.js", files))
                .containsExactly("app/lib/a.js", "app/lib/c.js", "app/main.js", "app/side.js", "vendor/h.js");
    }
}
