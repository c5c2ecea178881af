package io.laneway.replay.diff.proto;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.laneway.replay.diff.text.ByteHash;
import io.laneway.replay.form.Texts;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Fields that a descriptor does not have, by their numbers: {@code #5}. Stateless. */
final class UnknownFields {

    private static final int SHORT = 32;

    private UnknownFields() {}

    static Map<String, @Nullable Object> of(UnknownFieldSet unknown) {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        unknown.asMap().forEach((number, field) -> {
            List<Object> values = values(field);
            tree.put("#" + number, values.size() == 1 ? values.get(0) : values);
        });
        return tree;
    }

    private static List<Object> values(UnknownFieldSet.Field field) {
        List<Object> values = new ArrayList<>(field.getVarintList());
        field.getFixed32List().forEach(value -> values.add(value.longValue()));
        values.addAll(field.getFixed64List());
        field.getLengthDelimitedList().forEach(value -> values.add(text(value)));
        field.getGroupList().forEach(group -> values.add(of(group)));
        return values;
    }

    /** A text where the bytes are one, since most are; a message that is in there is compared as its bytes. */
    private static String text(ByteString value) {
        String text = Texts.utf8(value.toByteArray());
        boolean plain =
                text != null && text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
        return text != null && plain ? text : bytes(value);
    }

    /** Bytes as they are compared and shown. */
    static String bytes(ByteString value) {
        byte[] bytes = value.toByteArray();
        return bytes.length > SHORT ? ByteHash.of(bytes) : "0x" + HexFormat.of().formatHex(bytes);
    }
}
