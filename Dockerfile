# The portal for production. First: npm ci && npm run bundle
# Everything is built and installed there; the image only carries it.
FROM node:22-bookworm-slim

ENV NODE_ENV=production
WORKDIR /app

# Owned by root: the portal runs as another user and cannot change itself.
COPY dist-bundle ./

USER node
EXPOSE 7007
CMD ["node", "packages/backend", "--config", "app-config.production.yaml"]
