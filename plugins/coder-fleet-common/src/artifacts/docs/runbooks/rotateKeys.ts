import type { Plan } from '../../../architecture/plan';
import type { DeploymentSpec } from '../../../deployment/DeploymentSpec';
import {
  BOOTSTRAP_SECRET,
  bootstrapSecretKeys,
} from '../../bootstrap/bootstrap';
import { bootstrapSecrets, isHandedOver } from '../../bootstrap/handOver';
import { replaceSecret } from '../createSecret';
import { groupedBy, kubectl, numbered, shell } from '../shell';
import { rotateCertificateRunbook } from './rotateCertificate';
import { rotateEncryptionRunbook } from './rotateEncryption';
import { rotatePasswordRunbook } from './rotatePassword';

/** @internal */
export function rotateKeysRunbook(spec: DeploymentSpec, plan: Plan): string[] {
  return [
    '## Rotate keys',
    ...(spec.backup.report
      ? [
          'Report token: issue a second one in the portal, replace it in the Secret, revoke the first. Both are good meanwhile.',
        ]
      : []),
    ...rotateCertificateRunbook(spec, plan),
    ...rotatePasswordRunbook(spec, plan),
    ...rotateEncryptionRunbook(spec, plan),
    ...provisionersAndProxies(spec, plan),
  ];
}

function provisionersAndProxies(spec: DeploymentSpec, plan: Plan): string[] {
  const secrets = bootstrapSecrets(plan);
  if (secrets.length === 0) {
    return [];
  }
  const home = kubectl(plan.controlPlane);
  const handsOver = secrets.some(secret => isHandedOver(plan, secret));
  const replace = replaceSecret({
    ...plan.controlPlane,
    name: BOOTSTRAP_SECRET.name,
    keys: bootstrapSecretKeys(spec),
  });
  return [
    `### ${plan.proxies.length > 0 ? 'Provisioners and proxies' : 'Provisioners'}`,
    'Old keys are void from step 3 on: builds that run fail. `make rotate-keys` is steps 2 and 3 for all of them.',
    ...numbered([
      [
        `Create \`${BOOTSTRAP_SECRET.name}\` again, with the present password of an Owner:`,
        shell(replace),
      ],
      [
        `Delete what the bootstrap Job wrote, all of it or the Secrets of one region. ${
          handsOver
            ? `It looks only into \`${plan.controlPlane.cluster}\`: to delete a copy in another cluster changes nothing, for the old key would be brought back. `
            : ''
        }Which is which: [docs/secrets.md](./secrets.md).`,
        shell(
          ...groupedBy(secrets, ({ written }) => written.namespace).map(
            ([namespace, here]) =>
              `${kubectl({ cluster: plan.controlPlane.cluster, namespace })} delete secret --ignore-not-found ${here.map(({ written }) => written.name).join(' ')}`,
          ),
        ),
      ],
      [
        `Make new ones${handsOver ? ', bring them to the other clusters' : ''}, and restart what reads them:`,
        shell(`make bootstrap${handsOver ? ' hand-over' : ''} restart`),
      ],
      [
        'Take the password away again:',
        shell(`${home} delete secret ${BOOTSTRAP_SECRET.name}`),
      ],
    ]),
  ];
}
