package io.laneway.filter;

/**
 * The head of a response as a filter sees it. Immutable.
 *
 * @param status  101 where the endpoint changes to another protocol
 * @param headers as they came, with what filters before this one changed
 */
public record ResponseView(int status, Headers headers) {}
