package io.laneway.gateway.server.admin;

/** Changes log levels while running; what can be changed depends on the logging that the program was started with. */
public interface LogLevels {

    /** Levels that cannot be changed. */
    LogLevels FIXED = (logger, level) -> false;

    /**
     * Sets the level of a logger, the root logger where the name is empty.
     *
     * @param level one of {@code error warn info debug trace off}
     * @return false if levels cannot be changed
     */
    boolean set(String logger, String level);
}
