package io.laneway.gateway.runtime.config;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document form of a {@link RecordingsConfig}. Confined to one thread. */
final class RecordingsForm {

    private final Path directory;

    RecordingsForm(Path directory) {
        this.directory = directory;
    }

    @Nullable
    RecordingsConfig read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String kind = fields.oneOf("s3", "kafka");
        RecordingsConfig.S3 s3 = fields.optionalObject("s3", this::s3);
        RecordingsConfig.Kafka kafka = fields.optionalObject("kafka", this::kafka);
        if (kind == null || (s3 == null && kafka == null)) {
            fields.end();
            return null;
        }
        return fields.build(() -> new RecordingsConfig(s3, kafka));
    }

    private RecordingsConfig.@Nullable S3 s3(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        int before = problems.count();
        String bucket = fields.text("bucket");
        URI endpoint = fields.optionalObject("endpoint", TableForm::uri);
        String region = fields.filled("region", RecordingsConfig.S3.DEFAULT_REGION);
        String prefix = fields.text("prefix", "");
        boolean pathStyle = fields.bool("pathStyle", fields.has("endpoint"));
        String accessKey = fields.text("accessKey", "");
        String secretKey = fields.text("secretKey", "");
        String session = fields.text("sessionToken", "");
        Path credentials = file(fields.optionalText("credentials"));
        Path ca = file(fields.optionalText("ca"));
        if (problems.count() > before) {
            fields.end();
            return null;
        }
        return fields.build(() -> new RecordingsConfig.S3(
                bucket,
                endpoint,
                region,
                prefix,
                pathStyle,
                new RecordingsConfig.Login(accessKey, secretKey, session, credentials),
                ca));
    }

    private @Nullable Path file(@Nullable String name) {
        return name == null ? null : directory.resolve(name);
    }

    private RecordingsConfig.@Nullable Kafka kafka(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String servers = fields.text("servers");
        String topic = fields.filled("topic", RecordingsConfig.Kafka.DEFAULT_TOPIC);
        Map<String, String> properties = fields.textMap("properties");
        return fields.build(
                () -> new RecordingsConfig.Kafka(servers, topic, SettingPaths.kafka(directory, properties)));
    }
}
