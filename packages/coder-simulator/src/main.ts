import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { InputError, isError } from '@backstage/errors';
import { parse } from 'yaml';
import { CoderSimulator } from './CoderSimulator';
import { Faults, parseFaults } from './faults/faults';

const DEFAULT_BOOT_DELAY_MS = 5000;

const USAGE = `Usage: main.ts --data DIR [options]
  --data DIR          holds the CA, the state, git/ and credentials/
  --git DIR           bare repositories <name>.git          (DATA/git)
  --credentials DIR   where the tracker's tokens are put    (DATA/credentials)
  --faults FILE       faults of deployments that never had any
  --port N            HTTPS port on 127.0.0.1               (7443)
  --control-port N    control port on 127.0.0.1             (7444)
  --boot-delay MS     how long a boot takes                 (${DEFAULT_BOOT_DELAY_MS})`;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function flags() {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      git: { type: 'string' },
      credentials: { type: 'string' },
      faults: { type: 'string' },
      port: { type: 'string' },
      'control-port': { type: 'string' },
      'boot-delay': { type: 'string' },
    },
  });
  if (!values.data) {
    throw new InputError(`--data is missing\n${USAGE}`);
  }
  return { ...values, data: values.data };
}

function whole(flag: string, value: string | undefined, otherwise: number) {
  if (value === undefined) {
    return otherwise;
  }
  if (!/^\d{1,6}$/.test(value)) {
    throw new InputError(`--${flag} is not a whole number: ${value}`);
  }
  return Number(value);
}

async function readFaults(
  file: string | undefined,
): Promise<Record<string, Faults>> {
  if (!file) {
    return {};
  }
  const content = parse(await readFile(resolve(file), 'utf8'));
  return Object.fromEntries(
    Object.entries(content?.faults ?? {}).map(([name, faults]) => [
      name,
      parseFaults(faults ?? {}),
    ]),
  );
}

async function main(): Promise<void> {
  const options = flags();
  const simulator = await CoderSimulator.start({
    dataDirectory: resolve(options.data),
    gitDirectory: options.git && resolve(options.git),
    credentialsDirectory: options.credentials && resolve(options.credentials),
    initialFaults: await readFaults(options.faults),
    port: whole('port', options.port, 7443),
    controlPort: whole('control-port', options['control-port'], 7444),
    bootDelayMs: whole(
      'boot-delay',
      options['boot-delay'],
      DEFAULT_BOOT_DELAY_MS,
    ),
    log: say,
  });
  const end = () => {
    void simulator.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  say(
    `simulator listening on https://127.0.0.1:${simulator.port} (${
      simulator.deployments().length
    } deployments)`,
  );
}

main().catch(error => {
  process.stderr.write(`${isError(error) ? error.message : error}\n`);
  process.exitCode = 1;
});
