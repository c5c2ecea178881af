package io.laneway.xds.resource;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A virtual host as the bytes that it has in every route configuration: encoded once for all nodes. Immutable.
 *
 * @param wildcards those domains that begin with an asterisk
 * @param field  the host as a field of a route configuration
 * @param digest of its bytes
 */
record EncodedHost(List<String> domains, List<String> wildcards, ByteString field, String digest) {

    private static final ByteString BEGUN = RouteConfiguration.newBuilder()
            .setName(World.ROUTES)
            .setIgnorePortInHostMatching(true)
            .build()
            .toByteString();

    static EncodedHost of(VirtualHost host) {
        ByteString bytes = host.toByteString();
        ByteString.Output out = ByteString.newOutput(bytes.size() + 8);
        try {
            CodedOutputStream coded = CodedOutputStream.newInstance(out);
            coded.writeTag(RouteConfiguration.VIRTUAL_HOSTS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            coded.writeUInt32NoTag(bytes.size());
            coded.flush();
            bytes.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> domains = List.copyOf(host.getDomainsList());
        return new EncodedHost(
                domains,
                domains.stream().filter(domain -> domain.startsWith("*")).toList(),
                out.toByteString(),
                Resource.digest(bytes));
    }

    /** The routes of an Envoy with such hosts: the fields of a message may stand in any order. */
    static Resource routes(List<EncodedHost> hosts) {
        ByteString bytes = BEGUN;
        StringBuilder digests = new StringBuilder(World.ROUTES);
        for (EncodedHost host : hosts) {
            bytes = bytes.concat(host.field());
            digests.append(host.digest());
        }
        return Resource.of(
                ResourceType.ROUTES, World.ROUTES, bytes, Resource.digest(ByteString.copyFromUtf8(digests.toString())));
    }
}
