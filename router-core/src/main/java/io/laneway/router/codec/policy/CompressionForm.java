package io.laneway.router.codec.policy;

import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Types;
import io.laneway.router.policy.Compression;
import io.laneway.router.unit.ByteSize;
import java.util.List;

/** The form of which responses are compressed. */
final class CompressionForm {

    private static final Key<Compression, List<String>> TYPES = Key.optional("types", Types.TEXTS, Compression::types)
            .or(Compression.TYPES)
            .doc("Media types; `*` in a subtype is any text");
    private static final Key<Compression, ByteSize> MIN_SIZE = Key.optional("minSize", Types.SIZE, Compression::minSize)
            .or(Compression.MIN_SIZE)
            .doc("Of a response whose length is said");

    static final Form<Compression> COMPRESSION = Form.of(
            "Compression", "", read -> new Compression(read.of(TYPES), read.of(MIN_SIZE)), List.of(TYPES, MIN_SIZE));

    private CompressionForm() {}
}
