package io.laneway.control.rest.operations;

import io.laneway.control.auth.Role;
import io.laneway.control.edit.Editor;
import io.laneway.control.http.Body;
import io.laneway.control.http.Call;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.Reply;
import io.laneway.control.table.TableState;
import io.laneway.router.decision.Explanation;
import io.laneway.router.decision.ListenerTraits;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.request.RequestDraft;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.TableCompiler;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/explain}: the decision that a gateway would come to, with endpoints as published. */
public final class ExplainResource {

    private final Editor editor;
    private @Nullable CompiledTable<PublishedState, Void> compiled;

    public ExplainResource(Editor editor) {
        this.editor = editor;
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.add(HttpMethod.POST, "/v1/explain", Role.VIEWER, this::explain);
    }

    /** What is asked. Immutable. */
    private record Question(
            @Nullable String service,
            @Nullable String lane,
            @Nullable String tenant,
            Map<String, String> headers,
            String host,
            String path,
            boolean internal) {

        static @Nullable Question read(Node node, Problems problems) {
            Fields fields = Fields.of(node, problems);
            String service = fields.optionalText("service");
            String lane = fields.optionalText("lane");
            String tenant = fields.optionalText("tenant");
            Map<String, String> headers = fields.textMap("headers");
            String host = fields.text("host", "");
            String path = fields.text("path", "/");
            boolean internal = fields.bool("internal", false);
            if (service == null && host.isEmpty() && !fields.has("path")) {
                fields.problem("service", "missing", "a service, or a host and path");
            }
            return fields.build(() -> new Question(service, lane, tenant, headers, host, path, internal));
        }
    }

    private Future<Reply> explain(Call call) {
        Question question = Body.of(call).read(Question::read);
        RequestDraft request = new RequestDraft(question.host(), question.path());
        question.headers().forEach(request::header);
        ListenerTraits traits = question.internal() ? ListenerTraits.INTERNAL : ListenerTraits.EXTERNAL;
        if (question.service() != null) {
            traits = traits.withService(ServiceId.parse(question.service()));
        }
        Explanation explanation = Explanation.of(table(), traits, request, question.lane(), question.tenant());
        JsonObject body = new JsonObject();
        explanation.toMap().forEach(body::put);
        return Future.succeededFuture(Reply.json(body.put("lines", new JsonArray(explanation.lines()))));
    }

    /** The published table, compiled as it is asked for; a newer one costs what changed. */
    private synchronized CompiledTable<PublishedState, Void> table() {
        TableState state = editor.state();
        CompiledTable<PublishedState, Void> last = compiled;
        if (last == null) {
            last = TableCompiler.published(state.publishedTable());
        } else if (last.revision() != state.revision()) {
            last = new TableCompiler<>(io.laneway.router.table.LiveParts.PUBLISHED, null)
                    .compile(state.publishedTable(), last)
                    .table();
        }
        compiled = last;
        return last;
    }
}
