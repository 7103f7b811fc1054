import { conclude, expect } from '../conclude';
import { REPOSITORY } from '../declared';
import { LINKS } from '../links';
import { at, declaredObjects, inWords, listAt, objectsOf } from '../manifests';
import { cpuMillis, memoryMiB } from '../quantity';
import type { Rule } from '../rule';
import { DATABASE_NODES, NODE_GROUP_LABEL } from '../../artifacts/helm/pods';

const MIB_PER_GB = 1000 ** 3 / 1024 ** 2;

const cluster: Rule = {
  id: 'FLT-DB-001',
  chapter: 'database',
  title: 'The declared database cluster is as planned, and archives',
  origin: 'fleet',
  severity: 'high',
  rationale:
    'What the operator is told is what it builds: an instance less, an archive less, or an instance without a node, shows when it is needed.',
  remediation:
    'Bring the Cluster, the ObjectStore and the ScheduledBackup of the repository back to what the plan says.',
  url: LINKS.cvaDatabase,
  needs: ['spec.deployment', 'spec.plan', REPOSITORY],
  verdicts: ['pass', 'fail', 'unknown', 'skip'],
  judge(look) {
    const { database, backup } = look.spec;
    if (database.type !== 'cloudnative-pg') {
      return {
        verdict: 'skip',
        message: 'The database is not declared here',
        evidence: [],
      };
    }
    const { controlPlane, database: planned } = look.plan;
    const { namespace } = controlPlane;
    const standby = planned.highlyAvailable.value;
    return conclude(
      declaredObjects(look, repository => {
        const object = objectsOf(repository, 'Cluster', namespace)[0]?.object;
        const of = (kind: string) =>
          objectsOf(repository, kind, namespace)[0]?.object;
        const seen = {
          instances: at(object, 'spec', 'instances'),
          cpu: at(object, 'spec', 'resources', 'requests', 'cpu'),
          memory: at(object, 'spec', 'resources', 'requests', 'memory'),
          storage: at(object, 'spec', 'storage', 'size'),
          archived: listAt(object, 'spec', 'plugins').some(
            plugin => at(plugin, 'isWALArchiver') === true,
          ),
          selected: at(
            object,
            'spec',
            'affinity',
            'nodeSelector',
            NODE_GROUP_LABEL,
          ),
          tolerated: listAt(object, 'spec', 'affinity', 'tolerations').some(
            toleration =>
              at(toleration, 'key') === NODE_GROUP_LABEL &&
              at(toleration, 'value') === DATABASE_NODES,
          ),
          schedule: at(of('ScheduledBackup'), 'spec', 'schedule'),
          store: at(
            of('ObjectStore'),
            'spec',
            'configuration',
            'destinationPath',
          ),
        };
        const check = (
          subject: string,
          holds: boolean,
          found: unknown,
          wanted: string,
        ) =>
          expect(holds, {
            fact: REPOSITORY,
            subject: `${subject} of the database cluster`,
            seen: inWords(found),
            wanted,
          });
        const instances = standby ? 2 : 1;
        return [
          check(
            'instances',
            typeof seen.instances === 'number' && seen.instances >= instances,
            seen.instances,
            `at least ${instances}`,
          ),
          check(
            'CPU',
            (cpuMillis(seen.cpu) ?? 0) >= planned.vcpu.value * 1000,
            seen.cpu,
            `at least ${planned.vcpu.value}`,
          ),
          check(
            'memory',
            (memoryMiB(seen.memory) ?? 0) >=
              Math.floor(planned.memoryGB.value * MIB_PER_GB),
            seen.memory,
            `at least ${planned.memoryGB.value}G`,
          ),
          check(
            'storage',
            (memoryMiB(seen.storage) ?? 0) >=
              Math.floor(planned.storageGB.value * MIB_PER_GB),
            seen.storage,
            `at least ${planned.storageGB.value}G`,
          ),
          check(
            'node group',
            seen.selected === DATABASE_NODES,
            seen.selected,
            DATABASE_NODES,
          ),
          check(
            'taint of the node group',
            seen.tolerated,
            seen.tolerated ? 'tolerated' : 'not tolerated',
            'tolerated',
          ),
          ...(database.objectStore
            ? [
                check(
                  'archive of the write-ahead log',
                  seen.archived,
                  seen.archived ? 'on' : 'off',
                  'on',
                ),
                check(
                  'object store',
                  seen.store === database.objectStore.destinationPath,
                  seen.store,
                  database.objectStore.destinationPath,
                ),
                // Six fields, seconds first
                check(
                  'schedule',
                  seen.schedule === `0 ${backup.schedule}`,
                  seen.schedule,
                  `0 ${backup.schedule}`,
                ),
              ]
            : []),
        ];
      }),
      'The database cluster is as planned',
    );
  },
};

/** @internal */
export const DATABASE_CLUSTER_RULES: readonly Rule[] = [cluster];
