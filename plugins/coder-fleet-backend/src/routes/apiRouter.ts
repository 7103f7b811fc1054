import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import { openApiDocument } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import express from 'express';

/** Of a request's body, in bytes; a deployment has a few thousand. */
const MAX_BODY_BYTES = 256 * 1024;

/**
 * A router whose requests are checked, and whose handlers are typed, by the OpenAPI document.
 *
 * @internal
 */
export function createApiRouter() {
  return createValidatedOpenApiRouter(openApiDocument, {
    middleware: [express.json({ limit: MAX_BODY_BYTES })],
  });
}

/**
 * The type of {@link createApiRouter}'s router.
 *
 * @internal
 */
export type ApiRouter = ReturnType<typeof createApiRouter>;
