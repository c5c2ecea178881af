# Three images, of which two run as a user that is not root and write nothing outside /data and /tmp. docs/how-to/install.md
#   docker build --target laneway-gateway -t laneway-gateway .     a gateway or a sidecar
#   docker build --target laneway-redirect -t laneway-redirect .   the init container of a transparent sidecar
#   docker build -t laneway .                                      everything
# Both bases are pinned; the digests are those of the indexes, with linux/amd64 and linux/arm64.
ARG JDK=eclipse-temurin:25.0.4_7-jdk@sha256:97014c4b396021f9ddb7d592a7dbedb0c4e4215c29e03dc01c393558aefb71c2
ARG JRE=eclipse-temurin:25.0.4_7-jre@sha256:bb036ed6cfdc57e3da7c22634d15f1b840d2caf76183861c80e81ca4b5104abb

FROM ${JDK} AS build
WORKDIR /src
COPY . .
# The same tarballs as those that are published.
RUN ./mvnw -B -ntp -Prelease,quick -pl dist/gateway,dist/laneway -am package -Dmaven.javadoc.skip -Dmaven.source.skip
RUN for name in laneway-gateway laneway; do \
      mkdir -p "/out/$name" && tar -xzf "$(ls -d target/release/$name-[0-9]*.tar.gz)" -C "/out/$name" --strip-components=1 || exit 1; \
    done

FROM ${JRE} AS base
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.vendor="Laneway" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.base.name="docker.io/library/eclipse-temurin:25.0.4_7-jre"
RUN install -d -o 65532 -g 65532 /data
COPY --chmod=755 dist/image/healthcheck /usr/local/bin/laneway-healthcheck
WORKDIR /data
VOLUME ["/data", "/tmp"]
EXPOSE 8080 9900 9901 9902
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["/usr/local/bin/laneway-healthcheck"]
ENTRYPOINT ["/opt/laneway/bin/laneway"]
# Class archives, which the read-only root of a running container could not take: starts are three times faster. No two are
# alike, so an image that is to be reproduced byte by byte is built with --build-arg ARCHIVES=false.
ARG ARCHIVES=true

FROM base AS laneway-gateway
LABEL org.opencontainers.image.title="laneway-gateway" \
      org.opencontainers.image.description="Gateway and sidecar that get every request to the right lane."
COPY --from=build /out/laneway-gateway /opt/laneway
RUN if [ "$ARCHIVES" = true ]; then /opt/laneway/bin/laneway prepare && chmod -R a=rX,u+w /opt/laneway; fi
USER 65532:65532
CMD ["gateway", "-c", "/etc/laneway/laneway.yaml"]

# Runs as root: the capability NET_ADMIN is of no use to another user.
FROM laneway-gateway AS laneway-redirect
LABEL org.opencontainers.image.title="laneway-redirect" \
      org.opencontainers.image.description="Redirects the connections of a pod to the gateway in it."
USER 0:0
RUN apt-get update && apt-get install -y --no-install-recommends nftables && rm -rf /var/lib/apt/lists/*
HEALTHCHECK NONE
CMD ["redirect", "install"]

FROM base AS laneway
LABEL org.opencontainers.image.title="laneway" \
      org.opencontainers.image.description="Gateway, control API, Kubernetes, Kafka and demo of Laneway."
COPY --from=build /out/laneway /opt/laneway
RUN if [ "$ARCHIVES" = true ]; then /opt/laneway/bin/laneway prepare && chmod -R a=rX,u+w /opt/laneway; fi
USER 65532:65532
