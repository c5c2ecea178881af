package io.laneway.filter;

/**
 * Sees the head of one response, from an endpoint or of the gateway's own, before the client does. Called on the event loop
 * once at most, for the response that the client gets; it is not to wait for anything.
 */
@FunctionalInterface
public interface ResponseFilter {

    /** What changes on the head. */
    HeaderChanges response(ResponseView response);
}
