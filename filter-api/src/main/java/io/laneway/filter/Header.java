package io.laneway.filter;

/**
 * A header line. Immutable.
 *
 * @param name  as it came; names are the same in any case
 * @param value each character is one byte, as in ISO-8859-1
 */
public record Header(String name, String value) {}
