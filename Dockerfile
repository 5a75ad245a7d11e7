# One image for every service; the command says which: node apps/<service>/dist/main.js
FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY . .
# The pinned Node binaries and PostgreSQL's are optional packages: the build needs the compiler's alone, the image none.
RUN npm ci --ignore-scripts --no-audit --no-fund \
 && NX_DAEMON=false npx nx run-many -t build --outputStyle=static \
 && npm prune --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund \
 && find apps libs -mindepth 2 -maxdepth 2 -name src -exec rm -rf {} +

FROM node:24-bookworm-slim
# What keeps a job's memory small: a small young generation, and buffers that malloc gives back (docs/benchmarks.md).
ENV NODE_ENV=production MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=4194304 MALLOC_TRIM_THRESHOLD_=16777216
ENV NODE_OPTIONS="--disable-warning=ExperimentalWarning --max-semi-space-size=4"
WORKDIR /app
COPY --from=build /src/package.json ./
COPY --from=build /src/node_modules ./node_modules
COPY --from=build /src/libs ./libs
COPY --from=build /src/apps ./apps
COPY --from=build /src/deploy ./deploy
COPY --from=build /src/tools/bus ./tools/bus
COPY --from=build /src/tools/embedded/provision.mjs ./tools/embedded/provision.mjs
# A named volume takes over the owner of the folder it is first mounted on.
RUN install -d -o node -g node -m 0700 /var/lib/lastcopy /var/lib/lastcopy/keys /var/lib/lastcopy/document-keys /var/lib/lastcopy/signing /var/lib/lastcopy/published /var/lib/lastcopy/s3 /var/lib/lastcopy/bus /var/lib/lastcopy/bus-ca /var/lib/lastcopy/bus-authority
USER node
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 CMD ["node", "deploy/ready.mjs"]
CMD ["node", "apps/gateway/dist/main.js"]
