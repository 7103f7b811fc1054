/**
 * Reads a quantity of CPU of Kubernetes (`2`, `0.5`, `2000m`) in thousandths; `undefined` when it is
 * none.
 *
 * @internal
 */
export function cpuMillis(quantity: unknown): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(m?)$/.exec(String(quantity ?? ''));
  return match ? Number(match[1]) * (match[2] ? 1 : 1000) : undefined;
}

/** Factors to mebibytes. Source: Kubernetes docs, resource units. */
const MEBIBYTES: Readonly<Record<string, number>> = {
  '': 1 / 1024 ** 2,
  k: 1000 / 1024 ** 2,
  M: 1000 ** 2 / 1024 ** 2,
  G: 1000 ** 3 / 1024 ** 2,
  T: 1000 ** 4 / 1024 ** 2,
  Ki: 1 / 1024,
  Mi: 1,
  Gi: 1024,
  Ti: 1024 ** 2,
};

/**
 * Reads a quantity of memory of Kubernetes (`8Gi`, `512Mi`) in mebibytes; `undefined` when it is none.
 *
 * @internal
 */
export function memoryMiB(quantity: unknown): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(|[kMGT]|[KMGT]i)$/.exec(
    String(quantity ?? ''),
  );
  return match ? Number(match[1]) * MEBIBYTES[match[2]] : undefined;
}
