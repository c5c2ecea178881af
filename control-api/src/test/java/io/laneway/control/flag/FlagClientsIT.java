package io.laneway.control.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.control.TestControl;
import io.laneway.testkit.Programs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * OpenFeature's own SDKs for Node and for browsers, with their OFREP providers. {@code LANEWAY_OPENFEATURE} is the folder
 * {@code node_modules} that has them.
 */
class FlagClientsIT {

    private static final String TABLE = """
        {"lanes": [{"name": "G0"}],
         "services": [{"name": "order", "deployments": [{"lane": "master", "endpoints": ["127.0.0.1:9001"]}]}],
         "shifts": [{"name": "default", "tenant": [{"header": "x-tenant-id"}], "environments": [
           {"lane": "G0", "share": "0%", "tenants": {"include": ["demo"]}}]}]}
        """;

    private static final String PROGRAM = """
        const [folder, base] = process.argv.slice(1);
        const from = name => require(folder + '/@openfeature/' + name);
        const {OpenFeature: Server} = from('server-sdk');
        const {OFREPProvider} = from('ofrep-provider');
        const {OpenFeature: Web} = from('web-sdk');
        const {OFREPWebProvider} = from('ofrep-web-provider');
        (async () => {
          Server.setProvider(new OFREPProvider({baseUrl: base}));
          const server = Server.getClient();
          const details = await server.getStringDetails('default', 'x', {targetingKey: 'demo'});
          console.log('server', details.value, details.reason,
              await server.getBooleanValue('default.G0', false, {targetingKey: 'demo'}),
              (await server.getStringDetails('default', 'x', {targetingKey: 'other'})).value,
              (await server.getStringDetails('nope', 'x', {targetingKey: 'demo'})).errorCode);
          const polls = [];
          let second;
          const again = new Promise(done => { second = done; });
          const provider = new OFREPWebProvider({baseUrl: base, pollInterval: 100, fetchImplementation: async (...a) => {
            const answer = await fetch(...a);
            polls.push(answer.status);
            if (polls.length === 2) second();
            return answer;
          }});
          await Web.setContext({targetingKey: 'demo'});
          await Web.setProviderAndWait(provider);
          const web = Web.getClient();
          console.log('web', web.getStringValue('default', 'x'), web.getBooleanValue('default.G0', false),
              web.getStringDetails('nope', 'x').errorCode);
          await again;
          console.log('polls', polls[0], polls[1]);
          process.exit(0);
        })();
        """;

    @TempDir
    private Path directory;

    @Test
    void theSdksOfOpenFeatureGetWhatTheShiftSays() throws Exception {
        String folder = System.getenv("LANEWAY_OPENFEATURE");
        assumeTrue(
                "true".equals(System.getenv("LANEWAY_CI")) || (folder != null && Programs.has("node")),
                "skipped: no SDKs of OpenFeature (LANEWAY_OPENFEATURE) or no node");
        try (TestControl control = TestControl.start(directory)) {
            assertThat(control.put("/v1/table", TABLE).status()).isEqualTo(200);

            Programs.Ended ended = Programs.run(
                    directory,
                    List.of(
                            "node",
                            "-e",
                            PROGRAM,
                            String.valueOf(folder),
                            control.api().url()));

            assertThat(ended.output()).isEqualToIgnoringWhitespace("""
                server G0 TARGETING_MATCH true master FLAG_NOT_FOUND
                web G0 true FLAG_NOT_FOUND
                polls 200 304
                """);
        }
    }
}
