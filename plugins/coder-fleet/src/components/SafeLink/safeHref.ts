/**
 * The address of a link that came from a server or a file, when it is one that may be followed;
 * `undefined` for `javascript:`, `data:`, relative ones and everything else.
 *
 * @internal
 */
export function safeHref(
  target: string,
  protocols: readonly string[] = ['https:', 'http:'],
): string | undefined {
  try {
    const url = new URL(target);
    return protocols.includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
