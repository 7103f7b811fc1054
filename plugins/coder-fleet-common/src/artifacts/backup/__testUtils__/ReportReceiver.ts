import { createServer, type Server } from 'node:http';

/** What the scripts report, as the portal would receive it. */
export type ReceivedReport = {
  path: string;
  authorization?: string;
  body: Record<string, unknown>;
};

/** Stands where the portal's API stands: it takes reports, or is down. */
export class ReportReceiver {
  readonly reports: ReceivedReport[] = [];
  /** The status that is answered. */
  status = 201;
  /** The status for the report of one run, where it is another one. */
  answer: (runId: unknown) => number | undefined = () => undefined;
  /** The runs whose reports came, taken or not. */
  readonly asked: unknown[] = [];
  private server?: Server;

  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8');
      request.on('data', chunk => (text += chunk));
      request.on('end', () => {
        const body = JSON.parse(text);
        this.asked.push(body.runId);
        const status = this.answer(body.runId) ?? this.status;
        if (status < 300) {
          this.reports.push({
            path: request.url ?? '',
            authorization: request.headers.authorization,
            body,
          });
        }
        response.writeHead(status).end('{}');
      });
    });
    await new Promise<void>(resolve =>
      this.server!.listen(0, '127.0.0.1', resolve),
    );
  }

  /** What REPORT_URL is set to. */
  get url(): string {
    const { port } = this.server!.address() as { port: number };
    return `http://127.0.0.1:${port}/api/coder-fleet/deployments/elbe`;
  }

  get last(): ReceivedReport | undefined {
    return this.reports[this.reports.length - 1];
  }

  /** As it began: it takes everything, and nothing came. */
  reset(): void {
    this.status = 201;
    this.answer = () => undefined;
    this.reports.length = 0;
    this.asked.length = 0;
  }

  async stop(): Promise<void> {
    await new Promise(resolve => this.server?.close(resolve));
  }
}
