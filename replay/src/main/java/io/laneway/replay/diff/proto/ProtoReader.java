package io.laneway.replay.diff.proto;

import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import io.laneway.replay.redact.GrpcMessages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads bodies of responses as trees, by the descriptor set that a team gives. Confined to one thread. */
public final class ProtoReader {

    private static final int MAX_UNKNOWN = 100;

    /** Names the message of a body that no method of gRPC gives. */
    private static final Pattern MESSAGE_TYPE =
            Pattern.compile(";\\s*(?:messageType|proto)=\"?([\\w.]+)", Pattern.CASE_INSENSITIVE);

    private final DescriptorSet set;
    private final MessageTree tree;
    private final Set<String> unknown = new TreeSet<>();

    private ProtoReader(DescriptorSet set) {
        this.set = set;
        this.tree = new MessageTree(set);
    }

    /**
     * A reader by this set.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    public static ProtoReader of(byte[] descriptorSet) {
        return new ProtoReader(DescriptorSet.read(descriptorSet));
    }

    /** Whether the set says of a call's method that it has no side effects ({@code idempotency_level}). */
    public boolean safe(String path) {
        MethodDescriptor method = set.method(path);
        return method != null && method.getOptions().getIdempotencyLevel() == IdempotencyLevel.NO_SIDE_EFFECTS;
    }

    /** Paths of calls whose method the set does not have, in order; not more than {@value #MAX_UNKNOWN}. */
    public Set<String> unknown() {
        return Collections.unmodifiableSet(unknown);
    }

    /**
     * The response of a call of gRPC: its message, or the list of them where the method streams. Null if the set does
     * not have the method, or if the messages are not of its type.
     *
     * @param frames the body with no message compressed
     */
    public @Nullable Object grpc(String path, byte[] frames) {
        MethodDescriptor method = set.method(path);
        if (method == null) {
            if (unknown.size() < MAX_UNKNOWN) {
                unknown.add(path);
            }
            return null;
        }
        List<byte[]> messages = GrpcMessages.messages(frames);
        if (messages == null) {
            return null;
        }
        List<Object> trees = new ArrayList<>();
        for (byte[] message : messages) {
            Object read = read(method.getOutputType(), message);
            if (read == null) {
                return null;
            }
            trees.add(read);
        }
        Object body = !method.isServerStreaming() && trees.size() == 1 ? trees.get(0) : trees;
        return withTrailers(body, GrpcMessages.webTrailers(frames));
    }

    /** Trailers of gRPC-Web are in the body. */
    private static Object withTrailers(Object body, Map<String, String> trailers) {
        if (trailers.isEmpty()) {
            return body;
        }
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("message", body);
        both.put("trailer", trailers);
        return both;
    }

    /**
     * A message that is a body by itself, by the {@code messageType} or {@code proto} of its content type; null if there
     * is none, or if the set does not have it.
     */
    public @Nullable Object message(String contentType, byte[] body) {
        Matcher named = MESSAGE_TYPE.matcher(contentType);
        Descriptor type = null;
        if (named.find()) {
            type = set.message(named.group(1));
        }
        return type == null ? null : read(type, body);
    }

    private @Nullable Object read(Descriptor type, byte[] bytes) {
        try {
            return tree.of(set.parse(type, bytes));
        } catch (InvalidProtocolBufferException e) {
            // bytes that are no message of this type are compared as bytes
            return null;
        }
    }
}
