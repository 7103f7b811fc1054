import { OutboundError } from './OutboundError';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

function isDeeperThan(text: string, maxDepth: number): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (inString) {
      if (char === BACKSLASH) {
        i++;
      } else if (char === QUOTE) {
        inString = false;
      }
    } else if (char === QUOTE) {
      inString = true;
    } else if (char === OPEN_BRACE || char === OPEN_BRACKET) {
      depth++;
      if (depth > maxDepth) {
        return true;
      }
    } else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) {
      depth--;
    }
  }
  return false;
}

/**
 * Parses JSON that is nested at most `maxDepth` levels: whatever walks it afterwards may recurse.
 * Throws `OutboundError` (`malformed`) without quoting the text.
 *
 * @internal
 */
export function parseJson(
  text: string,
  options: { maxDepth: number; origin: string },
): unknown {
  if (isDeeperThan(text, options.maxDepth)) {
    throw new OutboundError(
      'malformed',
      `${options.origin} sent JSON nested deeper than ${options.maxDepth} levels`,
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new OutboundError(
      'malformed',
      `${options.origin} sent something that is not JSON`,
    );
  }
}
