package io.laneway.gateway.traffic.filter;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Jars with a filter, as its author would make one; all of them have classes of the same names. */
final class FilterJar {

    private static final String SERVICE = "META-INF/services/io.laneway.filter.FilterFactory";
    private static final String SOURCE = """
            package own;
            import io.laneway.filter.*;
            import java.util.concurrent.CompletionStage;
            public final class Factory implements FilterFactory {
                public String kind() { return "KIND"; }
                public Filter create(FilterSettings settings) { return new Own(settings.text("header", "x-own")); }
                static final class Own implements Filter {
                    private final String header;
                    Own(String header) { this.header = header; }
                    public CompletionStage<? extends FilterResult> filter(FilterRequest request) {
                        return FilterResult.proceed().set(header, "VALUE").now();
                    }
                    public String toString() {
                        try {
                            return "VALUE " + Class.forName("io.netty.buffer.ByteBuf").getName();
                        } catch (ClassNotFoundException e) {
                            return "VALUE " + e.getMessage() + " is hidden";
                        }
                    }
                }
            }
            """;

    private FilterJar() {}

    /** One whose filters set a header, {@code x-own} unless settings say another. */
    static void write(Path jar, String kind, String value) throws IOException {
        Path classes = Files.createTempDirectory(jar.getParent().getParent(), "classes");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String source = SOURCE.replace("KIND", kind).replace("VALUE", value);
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///own/Factory.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> options =
                List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
        if (!compiler.getTask(null, null, null, options, null, List.of(file)).call()) {
            throw new IllegalStateException("the filter's source does not compile");
        }
        try (JarOutputStream out = open(jar)) {
            for (String name : List.of("own/Factory.class", "own/Factory$Own.class")) {
                entry(out, name, Files.readAllBytes(classes.resolve(name)));
            }
            entry(out, SERVICE, "own.Factory".getBytes(StandardCharsets.UTF_8));
        }
    }

    /** One that names a factory that it does not hold. */
    static void naming(Path jar, String factory) throws IOException {
        try (JarOutputStream out = open(jar)) {
            entry(out, SERVICE, factory.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A library. */
    static void empty(Path jar) throws IOException {
        try (JarOutputStream out = open(jar)) {
            entry(out, "a.txt", new byte[0]);
        }
    }

    private static JarOutputStream open(Path jar) throws IOException {
        OutputStream file = Files.newOutputStream(jar);
        return new JarOutputStream(file);
    }

    private static void entry(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(bytes);
        out.closeEntry();
    }
}
