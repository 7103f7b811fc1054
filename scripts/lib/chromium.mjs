import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of a command on PATH, or undefined. */
export function findCommand(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map(folder => join(folder, name))
    .find(isExecutable);
}

/** The browser for the tests: CHROMIUM_PATH, or the first one on PATH. */
export function findChromium() {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) {
    return isExecutable(CHROMIUM_PATH) ? CHROMIUM_PATH : undefined;
  }
  return NAMES.map(findCommand).find(Boolean);
}
