package io.laneway.router.document.form;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.fields.Values;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Types of which a document names one of some words: as a value, or as the only key of a mapping. */
public final class Words {

    private Words() {}

    /** One of some words. */
    public static <E> Type<E> one(E[] values, Function<E, String> word) {
        List<E> all = Arrays.asList(values);
        return new Type<>(
                Values.words(all, word),
                all.stream().map(each -> "`" + word.apply(each) + "`").collect(Collectors.joining(", ")),
                json -> {
                    json.writeStringField("type", "string");
                    json.writeFieldName("enum");
                    Types.writeList(json, all.stream().map(word).toList(), JsonGenerator::writeString);
                },
                (node, problems) -> Values.word(node, all, word, problems),
                (json, value) -> json.writeString(word.apply(value)));
    }

    /** Some of some words, written in their order. */
    public static <E> Type<Set<E>> some(E[] values, Function<E, String> word) {
        Type<List<E>> list = Types.list(one(values, word));
        return new Type<>(
                list.name(),
                list.label(),
                list.schema(),
                (node, problems) -> {
                    List<E> read = list.reader().read(node, problems);
                    return read == null ? null : new LinkedHashSet<>(read);
                },
                (json, set) -> list.writer()
                        .write(json, Arrays.stream(values).filter(set::contains).toList()));
    }

    /**
     * A mapping with one of some keys, whose value is a text, such as {@code {header: x-tenant-id}}.
     *
     * @param make  makes a value of the key that is there and of its text
     * @param which the key of a value
     * @param text  the text of a value
     */
    public static <E, V> Type<V> keyed(
            E[] keys,
            Function<E, String> word,
            BiFunction<E, String, V> make,
            Function<V, E> which,
            Function<V, String> text) {
        List<String> words = Arrays.stream(keys).map(word).toList();
        return new Type<>(
                "a mapping",
                words.stream().map(each -> "`{" + each + "}`").collect(Collectors.joining(", ")),
                Type.Schema.oneOf(words.stream().map(Words::keyedBy).toArray(Type.Schema[]::new)),
                (node, problems) -> read(node, keys, words, make, problems),
                (json, value) -> {
                    json.writeStartObject();
                    json.writeStringField(word.apply(which.apply(value)), text.apply(value));
                    json.writeEndObject();
                });
    }

    private static <E, V> @Nullable V read(
            Node node, E[] keys, List<String> words, BiFunction<E, String, V> make, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String word = fields.oneOf(words.toArray(String[]::new));
        String text = word == null ? "" : fields.text(word);
        return fields.build(() -> make.apply(keys[words.indexOf(word)], text));
    }

    /** The schema of a mapping with one key, whose value is a text. */
    public static Type.Schema keyedBy(String word) {
        return json -> {
            json.writeStringField("type", "object");
            json.writeArrayFieldStart("required");
            json.writeString(word);
            json.writeEndArray();
            json.writeObjectFieldStart("properties");
            json.writeObjectFieldStart(word);
            json.writeStringField("type", "string");
            json.writeEndObject();
            json.writeEndObject();
            json.writeBooleanField("additionalProperties", false);
        };
    }
}
