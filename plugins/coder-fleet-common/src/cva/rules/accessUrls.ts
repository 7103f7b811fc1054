import { conclude, expect } from '../conclude';
import {
  declared,
  describeVariable,
  envVariable,
  envValue,
  REPOSITORY,
} from '../declared';
import { LINKS } from '../links';
import type { Check } from '../Look';
import type { Rule } from '../rule';

/** Names that lead nowhere from outside of a cluster. */
const INTERNAL =
  /(?:^|\.)(?:svc|svc\.cluster\.local|cluster\.local|local|internal|lan)$/i;
const THIS_MACHINE = /(?:^|\.)localhost$|^127\.|^\[?::1\]?$|^0\.0\.0\.0$/i;
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[.*\])$/;

/** @internal */
export const accessUrl: Rule = {
  id: 'DOC-NET-002',
  chapter: 'networking',
  title: 'The access URL is https, and reached from everywhere',
  origin: 'coder-docs',
  severity: 'high',
  rationale:
    'Users, workspaces, proxies and provisioners all use this one address: it has to be right and safe from each of them.',
  remediation:
    'Give an https URL with a DNS name that users and workspaces can resolve, and set it as CODER_ACCESS_URL.',
  url: LINKS.setup,
  needs: ['spec.deployment', REPOSITORY, 'coderApi.serverOptions'],
  verdicts: ['pass', 'warn', 'fail', 'unknown'],
  judge(look) {
    const wanted = look.spec.accessUrl;
    return conclude(
      [
        external(wanted),
        ...declared(look, values =>
          expect(envValue(values, 'CODER_ACCESS_URL') === wanted, {
            fact: REPOSITORY,
            subject: 'CODER_ACCESS_URL',
            seen: describeVariable(envVariable(values, 'CODER_ACCESS_URL')),
            wanted,
          }),
        ),
        ...look.running(
          'coderApi.serverOptions',
          ({ CODER_ACCESS_URL: option }) => {
            const seen = String(option?.value ?? 'not set');
            return [
              expect(seen.replace(/\/$/, '') === wanted, {
                fact: 'coderApi.serverOptions',
                subject: 'access URL of the running server',
                seen,
                wanted,
              }),
            ];
          },
        ),
      ],
      `${wanted} is https and external`,
    );
  },
};

function external(url: string): Check {
  const { protocol, hostname } = new URL(url);
  const check = {
    fact: 'spec.deployment',
    subject: 'access URL',
    seen: url,
  } as const;
  if (protocol !== 'https:') {
    return { ...check, verdict: 'fail', wanted: 'https' };
  }
  if (INTERNAL.test(hostname)) {
    return {
      ...check,
      verdict: 'fail',
      wanted: 'a name known outside of the cluster',
    };
  }
  if (THIS_MACHINE.test(hostname)) {
    return {
      ...check,
      verdict: 'warn',
      seen: `${url}, which each machine takes for itself`,
      wanted: 'a name known to other machines',
    };
  }
  if (ADDRESS.test(hostname)) {
    return { ...check, verdict: 'warn', wanted: 'a DNS name' };
  }
  return { ...check, verdict: 'pass' };
}

/** @internal */
export const wildcard: Rule = {
  id: 'DOC-NET-003',
  chapter: 'networking',
  title: 'Workspace apps have hosts of their own',
  origin: 'coder-docs',
  severity: 'medium',
  rationale:
    'Without a wildcard host, apps share the origin of the dashboard: many do not work there, and it is less safe.',
  remediation:
    'Give a wildcard host in the deployment file, with DNS and a certificate for it.',
  url: LINKS.setup,
  needs: ['spec.deployment', REPOSITORY, 'coderApi.serverOptions'],
  verdicts: ['pass', 'warn', 'unknown'],
  judge(look) {
    const name = 'CODER_WILDCARD_ACCESS_URL';
    const asked = look.spec.wildcardUrl;
    return conclude(
      [
        expect(
          Boolean(asked),
          {
            fact: 'spec.deployment',
            subject: 'wildcard host',
            seen: asked ?? 'none',
            wanted: 'one',
          },
          'warn',
        ),
        ...declared(look, values =>
          expect(
            Boolean(envVariable(values, name)),
            {
              fact: REPOSITORY,
              subject: name,
              seen: describeVariable(envVariable(values, name)),
              wanted: asked ?? 'set',
            },
            'warn',
          ),
        ),
        ...look.running('coderApi.serverOptions', ({ [name]: option }) => [
          expect(
            option?.set === true,
            {
              fact: 'coderApi.serverOptions',
              subject: 'wildcard host of the running server',
              seen: String(option?.value ?? 'none'),
              wanted: asked ?? 'set',
            },
            'warn',
          ),
        ]),
      ],
      'Workspace apps have hosts of their own',
    );
  },
};
