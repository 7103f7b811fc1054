import { createServer } from 'node:net';

/** The ports of `npm start`, as app-config.yaml has them. */
export const ports = {
  portal: 3000,
  backend: 7007,
  simulator: 7443,
  simulatorControl: 7444,
  postgres: 54329,
};

function listenOnce(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1' }, () => {
      const { port: actual } = server.address();
      server.close(() => resolve(actual));
    });
  });
}

/** A port that nobody listens on at this moment. */
export function freePort() {
  return listenOnce(0);
}

/**
 * Throws an error that names every port of `wanted` that is taken.
 *
 * @param wanted - port by what it is for
 */
export async function assertFree(wanted) {
  const taken = [];
  for (const [purpose, port] of Object.entries(wanted)) {
    try {
      await listenOnce(port);
    } catch (error) {
      taken.push(`port ${port} (${purpose}): ${error.code}`);
    }
  }
  if (taken.length > 0) {
    throw new Error(
      `In use by another program: ${taken.join(', ')}.\n` +
        'Stop that program (or an earlier `npm start`) and try again.',
    );
  }
}
