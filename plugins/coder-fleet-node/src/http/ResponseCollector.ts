import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { OutboundError } from './OutboundError';

/**
 * An answer as it came, read to its end.
 *
 * @internal
 */
export type CollectedResponse = {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
};

function flatten(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

/**
 * Reads one answer and stops as soon as it exceeds `maxBytes`.
 *
 * @internal
 */
export class ResponseCollector implements Dispatcher.DispatchHandler {
  readonly response: Promise<CollectedResponse>;
  readonly #maxBytes: number;
  readonly #origin: string;
  readonly #chunks: Buffer[] = [];
  #resolve!: (response: CollectedResponse) => void;
  #reject!: (reason: unknown) => void;
  #controller?: Dispatcher.DispatchController;
  #abortReason?: Error;
  #size = 0;
  #status = 0;
  #headers: Record<string, string> = {};

  constructor(options: { origin: string; maxBytes: number }) {
    this.#origin = options.origin;
    this.#maxBytes = options.maxBytes;
    this.response = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whoever waits gets the error; when nobody does any more, it must not end the process.
    this.response.catch(() => {});
  }

  /** Whether any part of the answer has arrived. */
  get started(): boolean {
    return this.#status !== 0;
  }

  abort(reason: Error): void {
    this.#abortReason = reason;
    this.#reject(reason);
    this.#controller?.abort(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#abortReason) {
      controller.abort(this.#abortReason);
    }
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (statusCode < 200) {
      return; // informational: the answer is still to come
    }
    this.#status = statusCode;
    this.#headers = flatten(headers);
    const encoding = this.#headers['content-encoding'];
    if (Number(this.#headers['content-length']) > this.#maxBytes) {
      this.#tooLarge();
    } else if (encoding && encoding !== 'identity') {
      this.abort(
        new OutboundError(
          'malformed',
          `${this.#origin} sent an encoding that was not asked for`,
        ),
      );
    }
  }

  onResponseData(
    _controller: Dispatcher.DispatchController,
    chunk: Buffer,
  ): void {
    this.#size += chunk.length;
    if (this.#size > this.#maxBytes) {
      this.#chunks.length = 0;
      this.#tooLarge();
    } else {
      this.#chunks.push(chunk);
    }
  }

  onResponseEnd(): void {
    const response = {
      status: this.#status,
      headers: this.#headers,
      body: Buffer.concat(this.#chunks, this.#size),
    };
    // undici takes the connection back one turn later; whoever sends the next request before that
    // pays for a second connection.
    setImmediate(() => setImmediate(() => this.#resolve(response)));
  }

  onResponseError(
    _controller: Dispatcher.DispatchController,
    error: Error,
  ): void {
    this.#reject(error);
  }

  #tooLarge() {
    this.abort(
      new OutboundError(
        'too-large',
        `${this.#origin} sent more than the ${this.#maxBytes} bytes that are read of an answer`,
      ),
    );
  }
}
