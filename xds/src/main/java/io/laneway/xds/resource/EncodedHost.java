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
 * @param field  the host as a field of a route configuration
 * @param digest of its bytes
 */
record EncodedHost(List<String> domains, ByteString field, String digest) {

    static EncodedHost of(VirtualHost host) {
        ByteString bytes = host.toByteString();
        ByteString.Output out = ByteString.newOutput(bytes.size() + 8);
        try {
            CodedOutputStream coded = CodedOutputStream.newInstance(out);
            coded.writeTag(RouteConfiguration.VIRTUAL_HOSTS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            coded.writeUInt32NoTag(bytes.size());
            coded.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new EncodedHost(
                List.copyOf(host.getDomainsList()), out.toByteString().concat(bytes), Resource.digest(bytes));
    }

    /** Route configurations with such hosts: the fields of a message may stand in any order. */
    static Resource routes(String name, List<EncodedHost> hosts) {
        ByteString bytes = RouteConfiguration.newBuilder()
                .setName(name)
                .setIgnorePortInHostMatching(true)
                .build()
                .toByteString();
        StringBuilder digests = new StringBuilder(bytes.toStringUtf8());
        for (EncodedHost host : hosts) {
            bytes = bytes.concat(host.field());
            digests.append(host.digest());
        }
        return Resource.of(
                ResourceType.ROUTES, name, bytes, Resource.digest(ByteString.copyFromUtf8(digests.toString())));
    }
}
