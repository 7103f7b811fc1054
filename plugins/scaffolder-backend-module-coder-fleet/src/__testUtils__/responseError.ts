import { ResponseError } from '@backstage/errors';

/**
 * An error as the client of a Backstage API throws it.
 *
 * @internal
 */
export async function responseError(
  statusCode: number,
  error: { name: string; message: string },
): Promise<ResponseError> {
  const body = {
    error,
    request: { method: 'GET', url: '/' },
    response: { statusCode },
  };
  const response = new Response(JSON.stringify(body), {
    status: statusCode,
    headers: { 'content-type': 'application/json' },
  });
  return ResponseError.fromResponse(
    response as Parameters<typeof ResponseError.fromResponse>[0],
  );
}
