import { conclude, expect } from '../conclude';
import { declared, REPOSITORY } from '../declared';
import { LINKS } from '../links';
import type { Check, Look } from '../Look';
import type { Rule } from '../rule';

/** Source: CVA, storage. */
const VALIDATED = ['persistentVolumeClaim', 'nfs', 'subPath', 'cephfs'];
const REFUSED = ['hostPath', 'local'];

/** Not storage: what Kubernetes itself puts into pods. */
const PLUMBING = [
  'configMap',
  'downwardAPI',
  'emptyDir',
  'projected',
  'secret',
];

/** Checks the types of the volumes of each template. */
function volumes(
  look: Look,
  check: (
    types: readonly string[],
  ) => Pick<Check, 'verdict' | 'seen' | 'wanted'>,
): Check[] {
  return look.of('templates.templates', templates =>
    templates.map(({ name, source }) => {
      const fact = 'templates.templates';
      const subject = `volumes in ${name}`;
      return source
        ? { fact, subject, ...check(source.volumes) }
        : {
            fact,
            subject,
            verdict: 'unknown' as const,
            seen: 'its source was not looked at',
          };
    }),
  );
}

const dynamic: Rule = {
  id: 'CVA-STO-001',
  chapter: 'storage',
  title: 'Storage of workspaces is provisioned by a CSI driver',
  origin: 'cva',
  severity: 'medium',
  rationale:
    'Workspaces come and go: their volumes must be made and removed with them, by a driver that is kept.',
  remediation:
    'Make a StorageClass of a CSI driver the one that templates use for workspaces.',
  url: LINKS.cvaStorage,
  needs: ['kubernetes.storageClasses'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      look.of('kubernetes.storageClasses', classes =>
        classes
          .filter(({ usedByWorkspaces }) => usedByWorkspaces)
          .map(({ name, provisioner }) =>
            expect(
              !provisioner.startsWith('kubernetes.io/') && provisioner !== '',
              {
                fact: 'kubernetes.storageClasses',
                subject: `provisioner of ${name}`,
                seen: provisioner || 'none',
                wanted: 'a CSI driver',
              },
            ),
          ),
      ),
      'Storage of workspaces is provisioned by a CSI driver',
    ),
};

const validated: Rule = {
  id: 'CVA-STO-002',
  chapter: 'storage',
  title: 'Workspaces mount validated types of volumes only',
  origin: 'cva',
  severity: 'medium',
  rationale:
    'Other types were not tried with Coder: what they do when a workspace stops is not known.',
  remediation: `Use one of ${VALIDATED.join(', ')}.`,
  url: LINKS.cvaStorage,
  needs: ['templates.templates'],
  verdicts: ['pass', 'warn', 'unknown'],
  judge: look =>
    conclude(
      volumes(look, types => {
        const other = types.filter(
          type => ![...VALIDATED, ...PLUMBING, ...REFUSED].includes(type),
        );
        return {
          verdict: other.length === 0 ? 'pass' : 'warn',
          seen: types.join(', ') || 'none',
          wanted: VALIDATED.join(', '),
        };
      }),
      'Workspaces mount validated types of volumes only',
    ),
};

const noHost: Rule = {
  id: 'CVA-STO-003',
  chapter: 'storage',
  title: 'Workspaces mount nothing of their node',
  origin: 'cva',
  severity: 'high',
  rationale:
    'A mount of the node gives a workspace the node itself, and is lost with it.',
  remediation:
    'Replace hostPath and local volumes in templates with a PersistentVolumeClaim.',
  url: LINKS.cvaStorage,
  needs: ['templates.templates', 'kubernetes.pods'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      [
        ...volumes(look, types => {
          const refused = types.filter(type => REFUSED.includes(type));
          return {
            verdict: refused.length === 0 ? 'pass' : 'fail',
            seen: refused.join(', ') || 'none of the node',
            wanted: 'none of the node',
          };
        }),
        ...look.running('kubernetes.pods', pods => {
          const mounting = pods.filter(
            pod =>
              pod.role === 'workspace' &&
              pod.volumes.some(({ type }) => REFUSED.includes(type)),
          );
          return [
            expect(mounting.length === 0, {
              fact: 'kubernetes.pods',
              subject: 'workspaces that mount something of their node',
              seen:
                mounting
                  .slice(0, 5)
                  .map(({ name }) => name)
                  .join(', ') || 'none',
              wanted: 'none',
            }),
          ];
        }),
      ],
      'Workspaces mount nothing of their node',
    ),
};

const stateless: Rule = {
  id: 'CVA-STO-004',
  chapter: 'storage',
  title: 'The control plane keeps nothing on disk',
  origin: 'cva',
  severity: 'low',
  rationale:
    'Its state is in the database: a volume only ties it to a zone and has to be backed up for nothing.',
  remediation:
    'Remove persistent volumes from coder.volumes and coder.volumeMounts.',
  url: LINKS.cvaStorage,
  needs: [REPOSITORY, 'kubernetes.pods'],
  verdicts: ['pass', 'warn', 'unknown'],
  judge(look) {
    const persistent = [...VALIDATED, ...REFUSED];
    return conclude(
      [
        ...declared(look, ({ coder }) => {
          const kept = (coder?.volumes ?? []).filter(volume =>
            persistent.some(type => type in volume),
          );
          return expect(
            kept.length === 0,
            {
              fact: REPOSITORY,
              subject: 'persistent volumes of the control plane',
              seen: kept.map(({ name }) => String(name)).join(', ') || 'none',
              wanted: 'none',
            },
            'warn',
          );
        }),
        ...look.running('kubernetes.pods', pods => {
          const keeping = pods.filter(
            pod =>
              pod.role === 'control-plane' &&
              pod.volumes.some(({ type }) => persistent.includes(type)),
          );
          return [
            expect(
              keeping.length === 0,
              {
                fact: 'kubernetes.pods',
                subject: 'replicas with persistent volumes',
                seen: keeping.map(({ name }) => name).join(', ') || 'none',
                wanted: 'none',
              },
              'warn',
            ),
          ];
        }),
      ],
      'The control plane keeps nothing on disk',
    );
  },
};

/**
 * Chapter "Storage".
 *
 * @internal
 */
export const STORAGE_RULES: readonly Rule[] = [
  dynamic,
  validated,
  noHost,
  stateless,
];
