package io.laneway.gateway.traffic.filter;

import java.util.List;

/**
 * What jars of filters see of the program: the JDK, the filter API, null marks and the logging facade. All else is their own, so
 * that their libraries never meet the program's. Safe for many threads.
 */
final class SharedClasses extends ClassLoader {

    private static final List<String> SHARED = List.of("io.laneway.filter.", "org.jspecify.annotations.", "org.slf4j.");

    private final ClassLoader program;

    SharedClasses(ClassLoader program) {
        super("laneway-filters", ClassLoader.getPlatformClassLoader());
        this.program = program;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (SHARED.stream().noneMatch(name::startsWith)) {
            throw new ClassNotFoundException(name);
        }
        return program.loadClass(name);
    }
}
