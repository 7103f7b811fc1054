/**
 * A spec with its regions by name instead of in a list: of a list that gets longer or shorter, entries would
 * be taken for one another.
 *
 * @internal
 */
export function regionsByName(
  spec: Record<string, unknown>,
): Record<string, unknown> {
  const { regions } = spec;
  return Array.isArray(regions)
    ? {
        ...spec,
        regions: Object.fromEntries(
          regions.map(region => [String(region?.name), region]),
        ),
      }
    : spec;
}
