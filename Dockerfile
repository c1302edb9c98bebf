# syntax=docker/dockerfile:1
# One image for every process of the program; docker-compose.yml chooses which one runs. Node runs the TypeScript as it
# is, so there is nothing to compile: the stages only keep npm, its cache and the development dependencies out.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --no-audit --no-fund

FROM dependencies AS bundle
COPY contracts ./contracts
COPY domain ./domain
COPY workflows ./workflows
COPY workers ./workers
# The workflow code is bundled here, so that a read-only container need not do it at each start.
RUN node workers/keep-bundle.ts

FROM node:24-bookworm-slim
ENV NODE_ENV=production
# See scripts/launcher/worker-env.mjs.
ENV NODE_OPTIONS="--max-semi-space-size=4 --max-old-space-size=512" MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=131072
WORKDIR /app
COPY package.json package-lock.json ./
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=bundle /app/.cache ./.cache
COPY activities ./activities
COPY api ./api
COPY bot ./bot
COPY client ./client
COPY config ./config
COPY contracts ./contracts
COPY db ./db
COPY domain ./domain
COPY providers ./providers
COPY scripts ./scripts
COPY web ./web
COPY workers ./workers
COPY workflows ./workflows
USER node
EXPOSE 8080
STOPSIGNAL SIGTERM
CMD ["node", "api/main.ts"]
