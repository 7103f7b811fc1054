import {
  CHAPTERS,
  EVIDENCE_SUPPLIERS,
  RULES,
  type Chapter,
  type Rule,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

const ORIGINS: Readonly<Record<Rule['origin'], string>> = {
  cva: 'Coder Validated Architecture',
  'coder-docs': "other pages of Coder's documentation",
  fleet: 'this project',
};

/** `docs/rules.md`: every rule, made from the rules themselves. */
export function rulesDocument(): string {
  return [
    '# Rules',
    '<!-- Made from the rules by `npm run docs:rules`. Edit those. -->',
    'What a deployment is judged by: its request, its rendered artifacts and what runs, all by the same code. A rule that cannot look at what it needs says `unknown`, never `pass`. ' +
      `There are ${RULES.length} rules; the CVA score counts those whose origin is the CVA.`,
    table(
      ['Chapter', 'Rules'],
      chapters().map(([chapter, title]) => [
        `[${title}](#${chapter})`,
        String(of(chapter).length),
      ]),
    ),
    '## Where evidence comes from',
    table(
      ['Source', 'Supplied by'],
      Object.entries(EVIDENCE_SUPPLIERS).map(([source, supplier]) => [
        `\`${source}\``,
        supplier,
      ]),
    ),
    ...chapters().flatMap(([chapter, title]) => [
      `## ${title}`,
      ...of(chapter).map(ruleSection),
    ]),
  ]
    .join('\n\n')
    .concat('\n');
}

function chapters(): Array<[Chapter, string]> {
  return Object.entries(CHAPTERS) as Array<[Chapter, string]>;
}

function of(chapter: Chapter): Rule[] {
  return RULES.filter(rule => rule.chapter === chapter);
}

function ruleSection(rule: Rule): string {
  return [
    `### ${rule.id}: ${rule.title}`,
    rule.rationale,
    `**What to do:** ${rule.remediation}`,
    [
      `- Severity: ${rule.severity}${rule.unwaivable ? '; cannot be waived' : ''}`,
      `- Origin: ${ORIGINS[rule.origin]} ([read more](${rule.url}))`,
      `- Looks at: ${rule.needs.map(path => `\`${path}\``).join(', ')}`,
      `- Can say: ${rule.verdicts.join(', ')}`,
    ].join('\n'),
  ].join('\n\n');
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');
}
