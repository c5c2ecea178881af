package io.laneway.replay.file;

/**
 * Where one recorded request is, and what it is looked up by. Immutable.
 *
 * @param line in the file
 * @param member position of its gzip member in the file
 * @param linesBefore how many lines the members before that have
 */
public record IndexEntry(long line, long member, long linesBefore, String id, String trace, String path, String lane) {}
