package io.laneway.gateway.protocol.stream;

import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.router.policy.Retries;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why an exchange did not end as it should: the response, the retry, the metric and the log line all read it here.
 * Immutable; the usual ones are constants.
 *
 * @param side   who is to blame
 * @param stage  how far the exchange had come
 * @param status of the response if that has not begun
 * @param retry  the condition under which it may be tried again, null if never
 * @param flag   the access log's word
 * @param detail what happened, for people; goes into the local reply
 * @param violation the rule of HTTP that was broken, null if none was or it is not known
 */
public record Failure(
        Side side,
        Stage stage,
        int status,
        Retries.@Nullable On retry,
        ResponseFlag flag,
        String detail,
        @Nullable Violation violation) {

    /** Who is to blame. */
    public enum Side {
        DOWNSTREAM,
        UPSTREAM,
        GATEWAY
    }

    /** How far an exchange had come. */
    public enum Stage {
        /** Reading the request's head. */
        REQUEST_HEAD,
        /** Finding service, lane and endpoint. */
        ROUTE,
        /** Connecting to the endpoint. */
        CONNECT,
        /** Agreeing on a protocol on a connection that is open; nothing of the request was understood. */
        PROTOCOL,
        /** Sending the request, or waiting for the response's head. */
        REQUEST,
        /** Reading the response's head. */
        RESPONSE_HEAD,
        /** Passing the response on. */
        RESPONSE
    }

    /**
     * No route of the table wants the request: to gRPC a method that is not there, as status 404 is to its clients, and other
     * than a service that is not known.
     */
    public static final Failure UNROUTED =
            gateway(Stage.ROUTE, 404, ResponseFlag.NR, "no route and no service for this host and path");

    private static final String RESET = "upstream connect error or disconnect/reset before headers";

    /** The endpoint refused the connection or could not be reached. */
    public static final Failure CONNECT = upstream(
            Stage.CONNECT,
            503,
            Retries.On.CONNECT_FAILURE,
            ResponseFlag.UF,
            RESET + ". reset reason: connection failure");

    /** The endpoint took no connection in time. */
    public static final Failure CONNECT_TIMEOUT = upstream(
            Stage.CONNECT,
            503,
            Retries.On.CONNECT_FAILURE,
            ResponseFlag.UF,
            RESET + ". reset reason: connection timeout");

    /** The endpoint answered HTTP/1.1 with frames of HTTP/2. */
    public static final Failure NOT_HTTP1 = protocol("upstream speaks HTTP/2, not HTTP/1.1");

    /** The endpoint answered the preface of HTTP/2 with something else. */
    public static final Failure NOT_HTTP2 = protocol("upstream does not speak HTTP/2");

    /** The endpoint closed the connection on the preface of HTTP/2, as many that speak HTTP/1.1 alone do. */
    public static final Failure HTTP2_CLOSED =
            protocol("upstream does not speak HTTP/2: it closed the connection on the preface");

    /** The endpoint did not answer the preface of HTTP/2. */
    public static final Failure HTTP2_SILENT =
            protocol("upstream does not speak HTTP/2: it did not answer the preface in time");

    /** The endpoint speaks TLS, but not for HTTP/2 (RFC 7301). */
    public static final Failure NO_HTTP2_BY_ALPN = protocol("upstream does not offer h2 by ALPN");

    /** The endpoint speaks TLS, but not for HTTP/1.1 (RFC 7301). */
    public static final Failure NO_HTTP1_BY_ALPN = protocol("upstream does not offer http/1.1 by ALPN");

    /** The endpoint refused the stream before working on it (HTTP/2 REFUSED_STREAM, GOAWAY). */
    public static final Failure REFUSED = upstream(
            Stage.REQUEST,
            503,
            Retries.On.REFUSED_STREAM,
            ResponseFlag.UC,
            RESET + ". reset reason: remote refused stream reset");

    /** The connection ended before the head of the response. */
    public static final Failure RESET_BEFORE_RESPONSE = upstream(
            Stage.REQUEST,
            503,
            Retries.On.RESET_BEFORE_RESPONSE,
            ResponseFlag.UC,
            RESET + ". reset reason: connection termination");

    /** The connection ended amid the head of the response. */
    public static final Failure RESET_IN_HEAD =
            upstream(Stage.RESPONSE_HEAD, 503, null, ResponseFlag.UC, RESET + ". reset reason: connection termination");

    /** The connection ended amid the response. */
    public static final Failure RESET_IN_RESPONSE =
            upstream(Stage.RESPONSE, 502, null, ResponseFlag.UC, "upstream closed the connection amid its response");

    /** The connection ended without the close_notify of TLS, where its end is the end of the response. */
    public static final Failure TRUNCATED = upstream(
            Stage.RESPONSE,
            502,
            null,
            ResponseFlag.UC,
            "upstream closed TLS without close_notify: its response may be cut");

    /** The response breaks the protocol. */
    public static final Failure BAD_RESPONSE =
            upstream(Stage.RESPONSE_HEAD, 502, null, ResponseFlag.UPE, "upstream answered with a malformed head");

    /** The response's body breaks the protocol. */
    public static final Failure BAD_RESPONSE_BODY =
            upstream(Stage.RESPONSE, 502, null, ResponseFlag.UPE, "upstream answered with a malformed body");

    /** The request was not answered in time. */
    public static final Failure REQUEST_TIMEOUT =
            upstream(Stage.REQUEST, 504, null, ResponseFlag.UT, "upstream request timeout");

    /** One attempt was not answered in time. */
    public static final Failure TRY_TIMEOUT =
            upstream(Stage.REQUEST, 504, Retries.On.RESET_BEFORE_RESPONSE, ResponseFlag.UT, "upstream request timeout");

    /** A limit of what the deployment is to bear at a time is reached. */
    public static final Failure OVERFLOW =
            gateway(Stage.ROUTE, 503, ResponseFlag.UO, RESET + ". reset reason: overflow");

    /** The gateway could not make a socket: it has no file descriptor left, say. Nothing is known of the endpoint. */
    public static final Failure NO_SOCKET =
            gateway(Stage.ROUTE, 503, ResponseFlag.UO, RESET + ". reset reason: the gateway has no socket left");

    /** The gateway as a whole has too much to do. */
    public static final Failure SHED =
            gateway(Stage.ROUTE, 503, ResponseFlag.OM, "the gateway is overloaded, try again later");

    /** An open stream has become as old as its service's policy lets it. */
    public static final Failure STREAM_AGE =
            gateway(Stage.RESPONSE, 504, ResponseFlag.LR, "the stream has reached its greatest age");

    /** Nothing moved in either direction for too long. */
    public static final Failure IDLE_TIMEOUT =
            upstream(Stage.REQUEST, 504, null, ResponseFlag.UT, "stream idle timeout");

    /** The client went away. */
    public static final Failure CLIENT_GONE =
            new Failure(Side.DOWNSTREAM, Stage.REQUEST, 0, null, ResponseFlag.DC, "the client closed the connection");

    /** The client's body breaks the protocol. */
    public static final Failure BAD_REQUEST_BODY =
            new Failure(Side.DOWNSTREAM, Stage.REQUEST, 400, null, ResponseFlag.DPE, "malformed request body");

    /** The client's body is larger than its service's policy lets it. */
    public static final Failure BODY_TOO_LARGE =
            new Failure(Side.DOWNSTREAM, Stage.REQUEST, 413, null, ResponseFlag.DPE, "request body too large");

    /** The client sent no body bytes for too long. */
    public static final Failure SLOW_REQUEST_BODY =
            new Failure(Side.DOWNSTREAM, Stage.REQUEST, 408, null, ResponseFlag.SI, "request body came too slowly");

    public Failure {
        Objects.requireNonNull(side, "side");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(flag, "flag");
        Objects.requireNonNull(detail, "detail");
    }

    /** A failure that breaks no rule of HTTP, or none that is known. */
    public Failure(Side side, Stage stage, int status, Retries.@Nullable On retry, ResponseFlag flag, String detail) {
        this(side, stage, status, retry, flag, detail, null);
    }

    /** The same failure, with the rule that was broken and more words, or none, behind its detail. */
    public Failure of(@Nullable Violation broken, String words) {
        String all = words.isEmpty() ? detail : detail + ": " + words;
        return new Failure(side, stage, status, retry, flag, all, broken);
    }

    /** A failure of the upstream. */
    public static Failure upstream(
            Stage stage, int status, Retries.@Nullable On retry, ResponseFlag flag, String detail) {
        return new Failure(Side.UPSTREAM, stage, status, retry, flag, detail);
    }

    private static Failure protocol(String detail) {
        return upstream(Stage.PROTOCOL, 502, Retries.On.CONNECT_FAILURE, ResponseFlag.UPE, detail);
    }

    /** TLS with the endpoint did not come about, so that it was sent nothing. */
    public static Failure tls(String reason) {
        return upstream(
                Stage.CONNECT,
                503,
                Retries.On.CONNECT_FAILURE,
                ResponseFlag.UF,
                RESET + ". reset reason: connection failure, transport failure reason: TLS: " + reason);
    }

    /** A decision of the gateway itself not to serve. */
    public static Failure gateway(Stage stage, int status, ResponseFlag flag, String detail) {
        return new Failure(Side.GATEWAY, stage, status, null, flag, detail);
    }

    /** Whether it may be tried again at all. */
    public boolean retryable() {
        return retry != null;
    }
}
