package io.laneway.xds.filter;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.filters.http.stateful_session.v3.StatefulSession;
import io.envoyproxy.envoy.extensions.filters.http.stateful_session.v3.StatefulSessionPerRoute;
import io.envoyproxy.envoy.extensions.http.stateful_session.cookie.v3.CookieBasedSessionState;
import io.envoyproxy.envoy.type.http.v3.Cookie;
import io.laneway.router.policy.Sticky;
import io.laneway.xds.words.Durations;

/**
 * Sessions that keep their endpoint by a cookie. Its value is the endpoint's address: of those that the requested cluster lacks
 * an Envoy takes no notice, so that it leads to no other lane. Stateless.
 */
final class SessionFilter {

    private SessionFilter() {}

    static Any of(Sticky sticky) {
        Cookie.Builder cookie = Cookie.newBuilder()
                .setName(sticky.cookie())
                .setPath("/")
                .setTtl(sticky.ttl() == null ? Duration.getDefaultInstance() : Durations.of(sticky.ttl()));
        CookieBasedSessionState state =
                CookieBasedSessionState.newBuilder().setCookie(cookie).build();
        return Any.pack(StatefulSessionPerRoute.newBuilder()
                .setStatefulSession(StatefulSession.newBuilder()
                        .setSessionState(TypedExtensionConfig.newBuilder()
                                .setName("envoy.http.stateful_session.cookie")
                                .setTypedConfig(Any.pack(state))))
                .build());
    }
}
