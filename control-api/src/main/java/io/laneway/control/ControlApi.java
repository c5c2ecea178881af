package io.laneway.control;

import io.laneway.control.auth.StoreAuthenticator;
import io.laneway.control.auth.Tokens;
import io.laneway.control.edit.Editor;
import io.laneway.control.edit.OwnedEditor;
import io.laneway.control.gateways.GatewayRegistry;
import io.laneway.control.store.ControlStore;
import io.laneway.router.source.TableEditor;
import io.laneway.router.tls.RenewedTls;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running control API: store, editor, watch and HTTP server in one. Safe for many threads; {@link #start} and
 * {@link #close} block.
 */
public final class ControlApi implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ControlApi.class);

    /** As many calls are worked on at once; each may take some megabytes. */
    private static final int WORKERS = 12;

    private final ControlParts parts;
    private final HttpServer server;
    private final String host;

    private ControlApi(ControlParts parts, HttpServer server, String host) {
        this.parts = parts;
        this.server = server;
        this.host = host;
    }

    /** Opens the store; when it returns, calls are served. */
    public static ControlApi start(ControlConfig config) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(WORKERS));
        ControlParts parts = null;
        try {
            parts = ControlParts.make(config, vertx);
            String host = host(config, parts.authenticator());
            HttpServer server = listen(vertx, config, host, parts);
            parts.joins().at(reached(host) + ":" + server.actualPort());
            parts.run(host);
            log.atInfo()
                    .addKeyValue("host", host)
                    .addKeyValue("port", server.actualPort())
                    .addKeyValue("store", parts.store().identity().id())
                    .addKeyValue("revision", parts.editor().state().revision())
                    .log("control API started");
            return new ControlApi(parts, server, host);
        } catch (RuntimeException e) {
            if (parts != null) {
                parts.close();
            }
            vertx.close();
            throw e;
        }
    }

    private static HttpServer listen(Vertx vertx, ControlConfig config, String host, ControlParts parts) {
        try {
            HttpServer server = await(ControlServer.listen(vertx, config, host, parts));
            RenewedTls tls = parts.tls();
            if (tls != null) {
                tls.use(renewed -> await(ControlServer.renew(server, renewed)));
            }
            return server;
        } catch (IllegalStateException e) {
            String why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new IllegalStateException(
                    "control API: cannot listen on " + host + ":"
                            + config.listen().port() + ": " + why,
                    e);
        }
    }

    private static String host(ControlConfig config, StoreAuthenticator authenticator) {
        if (!authenticator.open() || loopback(config.listen().host())) {
            return config.listen().host();
        }
        log.atWarn()
                .addKeyValue("asked", config.listen().host())
                .log("without any token the control API listens on 127.0.0.1 only; make one with: laneway tokens");
        return "127.0.0.1";
    }

    /** The address at which other replicas reach this one. */
    private static String reached(String host) {
        try {
            InetAddress bound = InetAddress.getByName(host);
            String address = (bound.isAnyLocalAddress() ? InetAddress.getLocalHost() : bound).getHostAddress();
            return address.indexOf(':') < 0 ? address : "[" + address + "]";
        } catch (UnknownHostException e) {
            return host;
        }
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.actualPort();
    }

    /** The address it listens on. */
    public String host() {
        return host;
    }

    /** Where it can be reached from this machine. */
    public String url() {
        return (parts.tls() != null ? "https://" : "http://") + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":"
                + port();
    }

    /** The editor for other modules, such as the reconciler of custom resources. */
    public TableEditor editor() {
        return new OwnedEditor(parts.editor());
    }

    /** How many connected gateways have a revision of the published table; may block. */
    public GatewayRegistry.Applied applied(long revision) {
        return parts.gateways().applied(revision);
    }

    /** The store, for backup, restore and accept. */
    public ControlStore store() {
        return parts.store();
    }

    /** The bearer tokens. */
    public Tokens tokens() {
        return parts.tokens();
    }

    Editor edits() {
        return parts.editor();
    }

    ControlParts parts() {
        return parts;
    }

    static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            throw new IllegalStateException("control API: " + cause.getMessage(), cause);
        }
    }

    /** Ends open watches, finishes the change that is being written, and closes the store. */
    @Override
    public void close() {
        parts.hub().close();
        parts.events().close();
        parts.questions().close();
        parts.joins().close();
        await(server.close());
        parts.close();
        await(parts.vertx().close());
    }
}
