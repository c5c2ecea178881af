package io.laneway.gateway.runtime.names;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddresses;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Names as this system knows them: by {@code /etc/hosts}, else by DNS as {@code /etc/resolv.conf} says, whose answers are kept
 * for their TTL. Both files are looked at again while names are asked for. On a thread of its own, made at the first question.
 * Safe for many threads.
 */
public final class SystemNames implements Lookup {

    private static final long LOOK_AGAIN = TimeUnit.SECONDS.toNanos(1);
    private static final int NEGATIVE_SECONDS = 1;

    /** A second server is to have its turn within the usual time for connecting. */
    private static final Duration QUERY = Duration.ofMillis(450);

    private final Path hostsPath;
    private final Path resolverPath;
    private final int port;
    private @Nullable MultiThreadIoEventLoopGroup thread;
    private boolean closed;

    // Confined to the thread.
    private FileStamp hostsStamp = FileStamp.NONE;
    private FileStamp resolverStamp = FileStamp.NONE;
    private @Nullable HostsFile hosts;
    private @Nullable DnsNameResolver resolver;
    private long looked;

    /** What of a file changes when it is written. Immutable. */
    private record FileStamp(
            long modified, long size, @Nullable Object key) {
        static final FileStamp NONE = new FileStamp(-1, -1, null);

        static FileStamp of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new FileStamp(
                        attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                        attributes.size(),
                        attributes.fileKey());
            } catch (IOException e) {
                return new FileStamp(0, 0, null);
            }
        }
    }

    public SystemNames() {
        this(Path.of("/etc/hosts"), Path.of("/etc/resolv.conf"), 53);
    }

    /** @param port of the name servers */
    SystemNames(Path hosts, Path resolver, int port) {
        this.port = port;
        this.hostsPath = hosts;
        this.resolverPath = resolver;
    }

    @Override
    public CompletableFuture<List<InetAddress>> addresses(String host) {
        CompletableFuture<List<InetAddress>> result = new CompletableFuture<>();
        MultiThreadIoEventLoopGroup on = thread();
        if (on == null) {
            result.completeExceptionally(new UnknownHostException(host));
            return result;
        }
        try {
            on.execute(() -> ask(on, host, result));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new UnknownHostException(host));
        }
        return result;
    }

    private synchronized @Nullable MultiThreadIoEventLoopGroup thread() {
        if (thread == null && !closed) {
            thread = new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("laneway-names", true), NioIoHandler.newFactory());
        }
        return thread;
    }

    private void ask(MultiThreadIoEventLoopGroup on, String host, CompletableFuture<List<InetAddress>> result) {
        try {
            look(on);
            HostsFile file = hosts;
            List<InetAddress> found = file == null ? List.of() : file.addresses(host);
            if (found.isEmpty() && isLocal(host)) {
                found = List.of(NetUtil.LOCALHOST6, NetUtil.LOCALHOST4);
            }
            if (!found.isEmpty()) {
                result.complete(found);
                return;
            }
            DnsNameResolver dns = resolver;
            if (dns == null) {
                result.completeExceptionally(new UnknownHostException(host));
                return;
            }
            Future<List<InetAddress>> asked = dns.resolveAll(host);
            var unused = asked.addListener(done -> {
                if (asked.isSuccess()) {
                    result.complete(List.copyOf(asked.getNow()));
                } else {
                    result.completeExceptionally(asked.cause());
                }
            });
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    /** This machine, though no file says so (RFC 6761 section 6.3). */
    private static boolean isLocal(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.endsWith(".localhost");
    }

    /** Reads again what has changed. */
    private void look(MultiThreadIoEventLoopGroup on) {
        long now = System.nanoTime();
        if (hosts != null && now - looked < LOOK_AGAIN) {
            return;
        }
        looked = now;
        FileStamp stamp = FileStamp.of(hostsPath);
        if (hosts == null || !stamp.equals(hostsStamp)) {
            hostsStamp = stamp;
            hosts = HostsFile.read(hostsPath);
        }
        stamp = FileStamp.of(resolverPath);
        DnsNameResolver before = resolver;
        if (before == null || !stamp.equals(resolverStamp)) {
            resolverStamp = stamp;
            resolver = resolver(on, ResolverConfig.read(resolverPath));
            if (before != null) {
                before.close();
            }
        }
    }

    private DnsNameResolver resolver(MultiThreadIoEventLoopGroup on, ResolverConfig config) {
        List<InetSocketAddress> at = config.servers().stream()
                .map(server -> new InetSocketAddress(server, port))
                .toList();
        DnsServerAddresses servers =
                config.rotate() ? DnsServerAddresses.rotational(at) : DnsServerAddresses.sequential(at);
        return new DnsNameResolverBuilder(on.next())
                .datagramChannelType(NioDatagramChannel.class)
                .socketChannelType(NioSocketChannel.class)
                .nameServerProvider(name -> servers.stream())
                .hostsFileEntriesResolver((name, types) -> null)
                .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
                .completeOncePreferredResolved(false)
                .searchDomains(config.search())
                .ndots(config.ndots())
                .queryTimeoutMillis(QUERY.toMillis())
                .negativeTtl(NEGATIVE_SECONDS)
                .build();
    }

    @Override
    public void close() {
        MultiThreadIoEventLoopGroup on;
        synchronized (this) {
            closed = true;
            on = thread;
            thread = null;
        }
        if (on != null) {
            var unused = on.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }
}
