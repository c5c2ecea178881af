package io.laneway.cli.shift;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The words {@code SHIFT ENVIRONMENT=SHARE…} of a command line, as the body that the control API takes. */
final class Shares {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SHIFT", description = "such as default")
    private String shift;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "ENVIRONMENT=SHARE",
            description = "such as G0=20%%; an environment that is not named gets 0 %%")
    private List<String> shares = List.of();

    String shift() {
        return shift;
    }

    /** {@code {"environments": [{"lane": "G0", "share": "20%"}]}}. */
    JsonObject body() {
        JsonArray environments = new JsonArray();
        for (String share : shares) {
            int equals = share.indexOf('=');
            if (equals < 1) {
                throw new ParameterException(
                        spec.commandLine(), share + " (expected: an environment and its share, such as G0=20%)");
            }
            String percentage = share.substring(equals + 1);
            environments.add(new JsonObject()
                    .put("lane", share.substring(0, equals))
                    .put("share", percentage.endsWith("%") ? percentage : percentage + "%"));
        }
        return new JsonObject().put("environments", environments);
    }
}
