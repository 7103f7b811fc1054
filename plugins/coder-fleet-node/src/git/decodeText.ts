const MAX_TEXT_BYTES = 1024 * 1024;

/**
 * The text of a file as it is; `undefined` when it is binary or larger than 1 MiB.
 *
 * @internal
 */
export function decodeText(content: Uint8Array): string | undefined {
  if (content.byteLength > MAX_TEXT_BYTES || content.includes(0)) {
    return undefined;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      content,
    );
  } catch {
    return undefined;
  }
}
