/**
 * The answers that choices depend on.
 *
 * @internal
 */
export type Answers = { businessUnit?: string; region?: string };

/**
 * The answers for a field of the form; `region` is that of the same row, for a field of a list. A field knows
 * its place by its id: `root_cluster`, or `root_furtherRegions_0_cluster` in a list.
 *
 * @internal
 */
export function answersOf(formData: unknown, fieldId?: string): Answers {
  const form = record(formData);
  const [, list, index] =
    /^root_([^_]+)_(\d+)_[^_]+$/.exec(fieldId ?? '') ?? [];
  if (list === undefined) {
    return answersOfForm(form);
  }
  const rows = form[list];
  return answersOfRow(form, Array.isArray(rows) ? rows[Number(index)] : {});
}

/**
 * The answers for a row of a list: its own region, and the unit that the form is for.
 *
 * @internal
 */
export function answersOfRow(formData: unknown, row: unknown): Answers {
  return {
    ...answersOfForm(record(formData)),
    region: text(record(row).name),
  };
}

function answersOfForm(form: Record<string, unknown>): Answers {
  return { businessUnit: text(form.businessUnit), region: text(form.region) };
}

function record(value: unknown): Record<string, unknown> {
  return (value ?? {}) as Record<string, unknown>;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
