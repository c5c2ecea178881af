package io.laneway.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Packed messages, opened by the class that their type URL names. */
final class Packed {

    private Packed() {}

    static Message unpack(Any any) throws Exception {
        String name = any.getTypeUrl().substring(any.getTypeUrl().indexOf('/') + 1);
        String java = name.startsWith("xds.") ? "com.github." + name : "io.envoyproxy." + name;
        return any.unpack(Class.forName(java).asSubclass(Message.class));
    }

    static <T extends Message> T as(Any any, Class<T> type) throws Exception {
        return any.unpack(type);
    }

    static List<Message> all(Collection<Resource> resources) throws Exception {
        List<Message> all = new ArrayList<>();
        for (Resource resource : resources) {
            all.add(unpack(resource.body()));
        }
        return all;
    }
}
