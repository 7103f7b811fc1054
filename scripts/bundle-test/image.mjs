import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../lib/paths.mjs';

/** The instructions of a Dockerfile, comments and empty lines left out. */
function instructions(text) {
  return text
    .split('\n')
    .filter(line => /^[A-Z]/.test(line))
    .map(line => {
      const [name, ...rest] = line.split(/\s+/);
      return { name, value: rest.join(' ') };
    });
}

/** What the image does, as its Dockerfile says. */
export async function readImage() {
  const all = instructions(await readFile(join(root, 'Dockerfile'), 'utf8'));
  const values = name =>
    all.filter(one => one.name === name).map(({ value }) => value);
  return {
    instructions: all.map(({ name }) => name),
    copies: values('COPY'),
    user: values('USER').at(-1),
    command: JSON.parse(values('CMD')[0]),
  };
}
