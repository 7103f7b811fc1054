import { ResponseError } from '@backstage/errors';

/**
 * Whether the backend said that there is no such thing (or none that the user may see).
 *
 * @internal
 */
export function isNotFound(error: Error | undefined): boolean {
  return (
    error?.name === 'NotFoundError' ||
    (error?.name === 'ResponseError' &&
      (error as ResponseError).statusCode === 404)
  );
}
