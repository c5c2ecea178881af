package io.laneway.cli.diff;

/** Forms of a report; written in lower case on the command line. */
enum DiffFormat {
    TEXT,
    JSON,
    JUNIT
}
