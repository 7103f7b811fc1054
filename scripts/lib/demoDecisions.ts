import { readFile } from 'node:fs/promises';
import type {
  AttestationRequest,
  CoderFleetClient,
  StatementId,
  WaiverRequest,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { DateTime, Duration } from 'luxon';
import { parse } from 'yaml';

/** How long what was decided holds, from when it is told: an ISO 8601 duration. */
type Lasting = { for: string };

/** What people decided of one deployment of the demo. */
export type DemoDecisions = {
  waivers?: Array<Omit<WaiverRequest, 'expiresAt'> & Lasting>;
  attestations?: Array<
    Omit<AttestationRequest, 'reviewBy'> & Lasting & { statement: StatementId }
  >;
};

/** Waivers and attestations of the demo by deployment. */
export async function readDemoDecisions(
  file: string,
): Promise<Record<string, DemoDecisions>> {
  const content: { decisions?: Record<string, DemoDecisions> } = parse(
    await readFile(file, 'utf8'),
  );
  return content.decisions ?? {};
}

/** Tells the portal what people decided. */
export async function applyDemoDecisions(options: {
  client: CoderFleetClient;
  token: string;
  name: string;
  decisions: DemoDecisions;
}): Promise<void> {
  const { client, token, name, decisions } = options;
  const { waivers = [], attestations = [] } = decisions;
  for (const { for: lasting, ...waiver } of waivers) {
    const request = { ...waiver, expiresAt: endOf(lasting) };
    await client.grantWaiver(name, request, { token });
  }
  for (const { for: lasting, statement, ...word } of attestations) {
    const request = { ...word, reviewBy: endOf(lasting) };
    await client.attest(name, statement, request, { token });
  }
}

function endOf(lasting: string): string {
  const end = DateTime.utc().plus(Duration.fromISO(lasting)).toISO();
  if (!end) {
    throw new Error(`"${lasting}" is no duration like P90D`);
  }
  return end;
}
