import { conclude, expect } from '../conclude';
import type { TemplateEvidence } from '../evidence';
import { LINKS } from '../links';
import type { Check, Look } from '../Look';
import type { Rule } from '../rule';

const TEMPLATES = 'templates.templates';

/** Checks each template that is in use. */
function each(
  look: Look,
  check: (template: TemplateEvidence) => Omit<Check, 'fact'>,
): Check[] {
  return look.of(TEMPLATES, templates =>
    templates
      .filter(({ deprecated }) => !deprecated)
      .map(template => ({ fact: TEMPLATES, ...check(template) })),
  );
}

const administrators: Rule = {
  id: 'CVA-TPL-001',
  chapter: 'templates',
  title: 'Template administrators use accounts of their own',
  origin: 'cva',
  severity: 'medium',
  rationale:
    'Who may change templates may run anything on the infrastructure: not an account for daily work.',
  remediation:
    'Create accounts that only administer templates, and take the role from all others.',
  url: LINKS.cvaTemplates,
  needs: ['templates.administrators', 'attestations.statements'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const fact = 'templates.administrators';
    const known = (look.value(fact) ?? []).filter(({ roles }) =>
      roles.includes('template-admin'),
    );
    const seen =
      known.length > 0 && known.every(a => a.usesWorkspaces !== undefined);
    return conclude(
      seen
        ? known.map(({ username, usesWorkspaces }) =>
            expect(usesWorkspaces === false, {
              fact,
              subject: `account ${username}`,
              seen: usesWorkspaces
                ? 'used for workspaces as well'
                : 'not used for workspaces',
              wanted: 'not used for workspaces',
            }),
          )
        : [look.attested('dedicated-template-administrators')],
      'Template administrators use accounts of their own',
    );
  },
};

const inGit: Rule = {
  id: 'CVA-TPL-002',
  chapter: 'templates',
  title: 'Templates are under version control',
  origin: 'cva',
  severity: 'high',
  rationale:
    'A template that is only in Coder cannot be reviewed, and a mistake in it not taken back.',
  remediation:
    'Put the source of each template into a repository and publish it from there.',
  url: LINKS.cvaTemplates,
  needs: [TEMPLATES],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      each(look, ({ name, gitRevision }) =>
        expect(gitRevision !== undefined, {
          fact: TEMPLATES,
          subject: `template ${name}`,
          seen: gitRevision ?? 'not known to be in Git',
          wanted: 'in Git',
        }),
      ),
      'Templates are in Git',
    ),
};

const activeIsGit: Rule = {
  id: 'DOC-TPL-001',
  chapter: 'templates',
  title: 'The active version is the one in Git',
  origin: 'coder-docs',
  severity: 'medium',
  rationale:
    'Where they differ, somebody changed the template past the review, or a release got stuck.',
  remediation:
    'Publish the commit that Git has, and name the version after it.',
  url: LINKS.templateChanges,
  needs: [TEMPLATES],
  verdicts: ['pass', 'warn', 'unknown'],
  judge: look =>
    conclude(
      each(look, ({ name, activeVersion, gitRevision }) =>
        expect(
          Boolean(activeVersion) &&
            gitRevision?.startsWith(activeVersion!) === true,
          {
            fact: TEMPLATES,
            subject: `active version of ${name}`,
            seen: activeVersion ?? 'none',
            wanted: gitRevision ?? 'the revision in Git, which is not known',
          },
          gitRevision === undefined ? 'unknown' : 'warn',
        ),
      ),
      'Active versions are those in Git',
    ),
};

const pipeline: Rule = {
  id: 'CVA-TPL-003',
  chapter: 'templates',
  title: 'A pipeline publishes templates',
  origin: 'cva',
  severity: 'low',
  rationale:
    'What a person publishes by hand is forgotten, or comes from a tree that nobody else has.',
  remediation:
    'Add a pipeline that pushes each commit as a version named after it.',
  url: LINKS.cvaTemplates,
  needs: ['git.pipelines'],
  verdicts: ['pass', 'warn', 'unknown'],
  judge: look =>
    conclude(
      look.of('git.pipelines', pipelines => {
        const found = pipelines.filter(
          ({ purpose }) => purpose === 'publish-templates',
        );
        return [
          expect(
            found.length > 0,
            {
              fact: 'git.pipelines',
              subject: 'pipelines that publish templates',
              seen: found.map(({ path }) => path).join(', ') || 'none',
              wanted: 'at least one',
            },
            'warn',
          ),
        ];
      }),
      'A pipeline publishes templates',
    ),
};

const automaticUpdates: Rule = {
  id: 'CVA-TPL-004',
  chapter: 'templates',
  title: 'Automatic updates of workspaces were considered',
  origin: 'cva',
  severity: 'info',
  rationale:
    'Without a decision, old versions of templates stay in use until somebody notices.',
  remediation:
    'Decide for or against automatic updates when workspaces start, and attest the decision on the CVA tab.',
  url: LINKS.cvaTemplates,
  needs: ['attestations.statements'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      [look.attested('automatic-updates-evaluated')],
      'Automatic updates were considered',
    ),
};

const lint: Rule = {
  id: 'FLT-TPL-001',
  chapter: 'templates',
  title: 'The content of templates is sound',
  origin: 'fleet',
  severity: 'medium',
  rationale:
    'A template decides where workspaces run, what they mount and what they may take: mistakes in it are multiplied by everybody who uses it.',
  remediation:
    'Mend what the finding names in the source of the template, and publish it again.',
  url: LINKS.templates,
  needs: [TEMPLATES],
  verdicts: ['pass', 'warn', 'fail', 'unknown'],
  judge: look =>
    conclude(
      each(look, ({ name, source }) => {
        const subject = `source of ${name}`;
        if (!source) {
          return {
            subject,
            verdict: 'unknown',
            seen: 'its source was not looked at',
          };
        }
        const [worst] = [...source.lint].sort((a, b) =>
          a.severity < b.severity ? -1 : 1,
        );
        return worst
          ? {
              subject,
              verdict: worst.severity === 'error' ? 'fail' : 'warn',
              seen: `${worst.message}${worst.where ? ` (${worst.where})` : ''}`,
              wanted: 'nothing to find',
            }
          : { subject, verdict: 'pass', seen: 'nothing found' };
      }),
      'Nothing is wrong with the templates',
    ),
};

/**
 * Chapter "Templates".
 *
 * @internal
 */
export const TEMPLATE_RULES: readonly Rule[] = [
  administrators,
  inGit,
  pipeline,
  automaticUpdates,
  activeIsGit,
  lint,
];
