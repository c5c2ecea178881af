package io.laneway.k8s.imports.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.k8s.imports.source.ImportSamples;
import io.laneway.k8s.imports.source.SourceFile;
import io.laneway.k8s.imports.table.Imported;
import io.laneway.k8s.imports.table.Intent;
import io.laneway.router.check.TableCheck;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.route.Route;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Envoy makes of a path before it compares it. */
class PathFormsTest {

    private static final ImportSamples SAMPLES =
            new ImportSamples("envoy", (file, problems) -> EnvoyImport.read(file, Intent.PLAIN, Set.of(), problems));

    private static Imported read(String options, String prefix) {
        return SAMPLES.read(new SourceFile("envoy.yaml", """
            static_resources:
              listeners:
                - name: edge
                  filter_chains:
                    - filters:
                        - name: hcm
                          typed_config:
                            %s
                            route_config:
                              virtual_hosts:
                                - name: all
                                  domains: ["*"]
                                  routes:
                                    - {match: {path_separated_prefix: "%s"}, route: {cluster: a}}
                                    - {match: {prefix: /}, route: {cluster: a}}
              clusters:
                - name: a
                  load_assignment:
                    endpoints:
                      - lb_endpoints:
                          - endpoint: {address: {socket_address: {address: 10.0.0.1, port_value: 80}}}
            """.formatted(options, prefix)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        normalize_path: true                                              |
        merge_slashes: false                                              |
        path_with_escaped_slashes_action: IMPLEMENTATION_SPECIFIC_DEFAULT |
        merge_slashes: true                                               | paths.mergeSlashes: true
        path_with_escaped_slashes_action: REJECT_REQUEST                  | paths.encodedSlashes: reject
        path_with_escaped_slashes_action: UNESCAPE_AND_FORWARD            | paths.encodedSlashes: decode
        """)
    void whatTheListenerIsToDoIsNamed(String option, String instead) {
        Imported imported = read(option, "/a");
        assertThat(imported.notTaken()).isEmpty();
        if (instead == null) {
            assertThat(imported.differences()).isEmpty();
        } else {
            assertThat(imported.differences())
                    .extracting(Problem::expected)
                    .containsExactly(instead + " of the listener in laneway.yaml");
        }
        assertThat(imported.assumptions().stream()
                        .filter(note -> note.what().startsWith("without normalize_path"))
                        .count())
                .isEqualTo(option.equals("normalize_path: true") ? 0 : 1);
    }

    /** Envoy compares the path as it is sent, and none is sent like that. */
    @ParameterizedTest
    @CsvSource({"/sp ace", "/a#b", "/a/..%2fb"})
    void aPathThatNoRequestHasIsNamedAndTheRestATable(String path) {
        Imported imported = read("normalize_path: true", path);
        assertThat(imported.notTaken())
                .extracting(Problem::what)
                .containsExactly("path '" + path + "', which no request has");
        assertThat(TableCheck.check(imported.table())).isEmpty();
        assertThat(imported.table().routes()).extracting(Route::path).containsExactly("/");
    }

    @Test
    void anEncodedPathStaysAsItIs() {
        Imported imported = read("normalize_path: true", "/sp%20ace");
        assertThat(imported.whole()).isTrue();
        assertThat(imported.table().routes()).extracting(Route::path).contains("/sp%20ace");
    }
}
