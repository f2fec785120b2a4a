# The server and its pages: docker build -t haggle .
# `cargo xtask test image` lays the last stage out in a folder and starts it there, so keep to the
# instructions that it knows (xtask/src/image.rs).

FROM node:20-bookworm-slim AS web
WORKDIR /src/web
COPY web ./
RUN npm ci --no-audit --no-fund && npm run build

FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . ./
COPY --from=web /src/web/apps/demo/dist web/apps/demo/dist
RUN cargo xtask release --no-web

FROM debian:bookworm-slim
COPY --from=build /src/target/dist/haggle /usr/local/bin/haggle
COPY LICENSE /usr/share/doc/haggle/LICENSE
RUN install -d -o 10001 -g 10001 -m 0700 /var/lib/haggle
ENV HAGGLE_LISTEN=0.0.0.0:8080
ENV HAGGLE_DATA_DIR=/var/lib/haggle
USER 10001:10001
WORKDIR /var/lib/haggle
VOLUME /var/lib/haggle
EXPOSE 8080
# SIGTERM drains: sockets get 1001, requests finish.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["haggle", "health"]
ENTRYPOINT ["haggle"]
CMD ["serve"]
