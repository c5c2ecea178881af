package io.laneway.transcode;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways in which the methods of a descriptor set are called by HTTP, the most definite first. Immutable. */
final class Bindings {

    private static final String ALL = "*";
    private static final int SHORTEST = 3;

    private final List<Binding> list;

    /** A binding and the values in the path. Immutable. */
    record Match(Binding binding, List<String> values) {}

    private Bindings(List<Binding> list) {
        this.list = list;
    }

    /** @throws IllegalArgumentException if a rule is malformed or there is none */
    static Bindings of(Descriptors set) {
        List<Binding> list = new ArrayList<>();
        for (FileDescriptor file : set.files()) {
            for (ServiceDescriptor service : file.getServices()) {
                for (MethodDescriptor method : service.getMethods()) {
                    add(method, list);
                }
            }
        }
        if (list.isEmpty()) {
            throw new IllegalArgumentException(
                    "no method with google.api.http that is unary or streams from the server alone");
        }
        list.sort(Comparator.comparing(Binding::path, PathTemplate::compare));
        return new Bindings(List.copyOf(list));
    }

    private static void add(MethodDescriptor method, List<Binding> into) {
        if (method.isClientStreaming() || !method.getOptions().hasExtension(AnnotationsProto.http)) {
            return;
        }
        HttpRule rule = method.getOptions().getExtension(AnnotationsProto.http);
        into.add(binding(method, rule));
        for (HttpRule more : rule.getAdditionalBindingsList()) {
            into.add(binding(method, more));
        }
    }

    private static Binding binding(MethodDescriptor method, HttpRule rule) {
        String verb = verb(rule);
        if (!verb.equals(ALL) && verb.length() < SHORTEST) {
            throw wrong(method, "method '" + verb + "' (expected: three characters at least)");
        }
        PathTemplate path;
        try {
            path = PathTemplate.of(path(rule));
        } catch (IllegalArgumentException e) {
            throw wrong(method, e.getMessage());
        }
        for (PathTemplate.Variable variable : path.variables()) {
            if (!Fields.isLeaf(method.getInputType(), variable.field())) {
                throw wrong(method, "no field " + variable.field() + " for a text in " + path(rule));
            }
        }
        boolean whole = rule.getBody().equals(ALL);
        return new Binding(
                method,
                verb,
                path,
                whole ? null : field(method, method.getInputType(), rule.getBody()),
                whole,
                field(method, method.getOutputType(), rule.getResponseBody()));
    }

    private static IllegalArgumentException wrong(MethodDescriptor method, @Nullable String what) {
        return new IllegalArgumentException(method.getFullName() + ": " + what);
    }

    private static @Nullable FieldDescriptor field(MethodDescriptor method, Descriptor in, String name) {
        if (name.isEmpty()) {
            return null;
        }
        FieldDescriptor field = in.findFieldByName(name);
        if (field == null) {
            throw wrong(method, "no field " + name + " in " + in.getFullName());
        }
        return field;
    }

    private static String verb(HttpRule rule) {
        return switch (rule.getPatternCase()) {
            case GET -> "GET";
            case PUT -> "PUT";
            case POST -> "POST";
            case DELETE -> "DELETE";
            case PATCH -> "PATCH";
            case CUSTOM -> rule.getCustom().getKind();
            case PATTERN_NOT_SET -> "";
        };
    }

    private static String path(HttpRule rule) {
        return switch (rule.getPatternCase()) {
            case GET -> rule.getGet();
            case PUT -> rule.getPut();
            case POST -> rule.getPost();
            case DELETE -> rule.getDelete();
            case PATCH -> rule.getPatch();
            case CUSTOM -> rule.getCustom().getPath();
            case PATTERN_NOT_SET -> "";
        };
    }

    /** The binding of a request, null if there is none. */
    @Nullable
    Match find(String method, String path) {
        if (method.length() < SHORTEST || !path.startsWith("/")) {
            return null;
        }
        String last = path.substring(path.lastIndexOf('/'));
        int colon = last.lastIndexOf(':');
        if (colon > 0) {
            int split = path.length() - last.length() + colon;
            Match match = find(method, path.substring(0, split), path.substring(split + 1));
            if (match != null) {
                return match;
            }
        }
        return find(method, path, "");
    }

    private @Nullable Match find(String method, String path, String verb) {
        List<String> segments = List.of(path.substring(1).split("/", -1));
        for (Binding binding : list) {
            if (!binding.path().verb().equals(verb) || !takes(binding.verb(), method)) {
                continue;
            }
            List<String> values = binding.path().match(segments);
            if (values != null) {
                return new Match(binding, values);
            }
        }
        return null;
    }

    private static boolean takes(String verb, String method) {
        return verb.equals(method) || (verb.equals(ALL) && !method.equals("OPTIONS"));
    }
}
