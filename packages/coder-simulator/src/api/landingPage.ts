import type { Deployment } from '../deployment/Deployment';
import type { Reply } from './reply';

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/**
 * Stands for Coder's single-page app, which answers on every path outside the API.
 *
 * @internal
 */
export function landingPage(deployment: Deployment): Reply {
  const escape = (value: string) =>
    value.replace(/[&<>"]/g, character => ESCAPES[character]);
  const body = deployment.cached('page', () =>
    Buffer.from(
      `<!doctype html><html lang="en"><head><title>${escape(deployment.name)} - Coder</title></head>` +
        `<body><h1>${escape(deployment.name)}</h1>` +
        `<p>A simulated Coder deployment, ${escape(deployment.version)}.</p></body></html>\n`,
    ),
  );
  return { status: 200, contentType: 'text/html; charset=utf-8', body };
}
