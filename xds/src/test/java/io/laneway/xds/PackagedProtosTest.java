package io.laneway.xds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The program is shipped with those packages of Envoy's protocols alone that {@code envoy-api.includes} names: they are enough. */
class PackagedProtosTest {

    private static final Path INCLUDES = Path.of("envoy-api.includes");
    private static final long MOST = 8L << 20;

    private final URI api = URI.create(
            Cluster.class.getProtectionDomain().getCodeSource().getLocation().toString());

    private static List<String> packages() throws IOException {
        return Files.readAllLines(INCLUDES).stream()
                .map(line -> line.replace("/*", "").replace('/', '.'))
                .toList();
    }

    @Test
    void everyPackageThatXdsUsesIsShipped() throws Exception {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/"))
                .importPackages(
                        "io.laneway.xds.filter",
                        "io.laneway.xds.host",
                        "io.laneway.xds.lane",
                        "io.laneway.xds.resource",
                        "io.laneway.xds.route",
                        "io.laneway.xds.words",
                        "io.laneway.xds.stream",
                        "io.laneway.xds.server");
        TreeSet<String> used = new TreeSet<>();
        try (JarFile jar = new JarFile(Path.of(api).toFile())) {
            classes.forEach(type -> type.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .filter(target -> jar.getEntry(target.getName().replace('.', '/') + ".class") != null)
                    .forEach(target -> used.add(target.getPackageName())));
        }
        assertThat(used).isNotEmpty();
        assertThat(packages()).containsAll(used);
    }

    @Test
    void theyAreNoMoreThanEightMebibytes() throws Exception {
        List<String> packages = packages();
        try (JarFile jar = new JarFile(Path.of(api).toFile())) {
            long size = jar.stream()
                    .filter(entry -> packages.contains(folder(entry.getName()).replace('/', '.')))
                    .mapToLong(entry ->
                            entry.getCompressedSize() + 2L * entry.getName().length())
                    .sum();
            assertThat(size).isBetween(1L << 20, MOST);
        }
    }

    private static String folder(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    @Test
    void noDescriptorOfThemNeedsAnother() throws Exception {
        List<String> packages = packages();
        int descriptors = 0;
        try (JarFile jar = new JarFile(Path.of(api).toFile());
                URLClassLoader shipped = new Shipped(api.toURL(), packages)) {
            for (Enumeration<JarEntry> each = jar.entries(); each.hasMoreElements(); ) {
                String name = each.nextElement().getName();
                int slash = name.lastIndexOf('/');
                boolean file = name.endsWith("Proto.class") || name.endsWith("OuterClass.class");
                if (file && packages.contains(name.substring(0, slash).replace('/', '.'))) {
                    Class<?> type = shipped.loadClass(name.replace(".class", "").replace('/', '.'));
                    assertThat(type.getMethod("getDescriptor").invoke(null)).isInstanceOf(FileDescriptor.class);
                    assertThat(type.getClassLoader()).isSameAs(shipped);
                    descriptors++;
                }
            }
        }
        assertThat(descriptors).isGreaterThan(packages.size());
    }

    /** Has the classes of the jar that are shipped, and all that is not of the jar. */
    private static final class Shipped extends URLClassLoader {

        private final List<String> packages;

        Shipped(URL api, List<String> packages) {
            super(new URL[] {api}, PackagedProtosTest.class.getClassLoader());
            this.packages = packages;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (findResource(name.replace('.', '/') + ".class") == null) {
                return super.loadClass(name, resolve);
            }
            if (!packages.contains(name.substring(0, name.lastIndexOf('.')))) {
                throw new ClassNotFoundException(name + " is not shipped");
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
