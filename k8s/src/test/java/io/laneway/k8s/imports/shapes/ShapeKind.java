package io.laneway.k8s.imports.shapes;

import io.laneway.k8s.imports.envoy.EnvoyImport;
import io.laneway.k8s.imports.ingress.IngressImport;
import io.laneway.k8s.imports.istio.IstioImport;
import io.laneway.k8s.imports.nginx.NginxImport;
import io.laneway.k8s.imports.source.SourceFile;
import io.laneway.k8s.imports.spring.SpringImport;
import io.laneway.k8s.imports.table.Imported;
import io.laneway.k8s.imports.table.Intent;
import io.laneway.router.document.tree.Problems;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A proxy whose configurations are imported, and which of their values may change without any request noticing. */
enum ShapeKind {
    /** Of the name and the type of a filter one is enough. */
    ENVOY(
            "envoy",
            String.join(
                    "|",
                    "(.*\\.)?(@type|stat_prefix|runtime_key|node(\\..*)?|compressor_library\\.name)",
                    ".*\\.eds_config\\..*",
                    "(.*\\.)?(listeners|filters|http_filters|route_config|virtual_hosts)\\.name",
                    ".*\\.locality\\.region",
                    ".*\\.compressor_library\\.typed_config\\.(memory_level|window_bits)",
                    ".*\\.load_assignment\\.cluster_name",
                    ".*\\.weighted_clusters\\.total_weight",
                    "version_info",
                    "type_url")),
    INGRESS("ingress", "(items\\.)?(apiVersion|metadata\\.name)"),
    ISTIO(
            "istio",
            String.join(
                    "|",
                    "apiVersion",
                    "metadata\\.name",
                    "metadata\\.labels\\..*",
                    "spec\\.selector\\..*",
                    "spec\\.servers\\.port\\.name",
                    "spec\\.http\\.name")),
    NGINX(
            "nginx",
            String.join(
                    "|",
                    "worker_processes",
                    "pid",
                    "error_log",
                    "events\\.worker_connections",
                    "http\\.sendfile",
                    "http\\.upstream\\.keepalive",
                    "http\\.map\\.unheard_of",
                    "http\\.server\\.location\\.proxy_http_version")),
    /** Of orders it matters which is less. */
    SPRING("spring", "spring\\.cloud\\.gateway\\.(server\\.webflux\\.|mvc\\.)?routes\\.(id|order)");

    private final String folder;
    private final Pattern harmless;

    ShapeKind(String folder, String harmless) {
        this.folder = folder;
        this.harmless = Pattern.compile(harmless);
    }

    String folder() {
        return folder;
    }

    @Nullable
    Imported read(SourceFile file, Problems problems) {
        return switch (this) {
            case ENVOY -> EnvoyImport.read(file, Intent.PLAIN, Set.of(), problems);
            case INGRESS -> IngressImport.read(List.of(file), Intent.PLAIN, problems);
            case ISTIO -> IstioImport.read(List.of(file), Intent.PLAIN, problems);
            case NGINX -> NginxImport.read(file, Intent.PLAIN, problems);
            case SPRING -> SpringImport.read(file, Intent.PLAIN, problems);
        };
    }

    /** Whether a value at this path, without the indexes of lists, changes no request, so that nothing is said of it. */
    boolean isHarmless(String path) {
        return harmless.matcher(path).matches();
    }
}
