package io.laneway.cli.remote;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** Whether a person reads along. Stateless. */
public final class Terminal {

    private Terminal() {}

    /** Whether standard output is a terminal. From Java 22 on there is a console also where there is none. */
    @SuppressWarnings("SystemConsoleNull") // both are looked at
    public static boolean isOutput() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
