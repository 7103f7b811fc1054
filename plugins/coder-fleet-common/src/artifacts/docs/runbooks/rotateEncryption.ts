import type { Plan } from '../../../architecture/plan';
import type { DeploymentSpec } from '../../../deployment/DeploymentSpec';
import { kubectl, numbered, shell } from '../shell';
import { restartReplicas } from './control';

/**
 * How the database is encrypted with another key.
 * Source: Coder docs, database encryption.
 *
 * @internal
 */
export function rotateEncryptionRunbook(
  { database }: DeploymentSpec,
  plan: Plan,
): string[] {
  if (!database.encryption?.enabled) {
    return [];
  }
  const home = kubectl(plan.controlPlane);
  const { name, key } = database.encryption.keysSecret;
  const write = `${home} create secret generic ${name} --from-file=${key}=./${key} --dry-run=client --output yaml | ${home} apply --server-side --force-conflicts --filename -`;
  return [
    '### Keys of encryption',
    `Keep the old key for as long as a backup of its time is kept: that backup cannot be read without. Where a store holds \`${name}\`, change it there.`,
    ...numbered([
      ['Have a backup of now:', shell('make backup-now')],
      [
        'Put a new key in front of those that are there: the first one encrypts, all of them decrypt:',
        shell(
          `${home} get secret ${name} --output jsonpath='{.data.${key}}' | base64 --decode > ./old-keys`,
          `printf '%s,%s' "$(openssl rand -base64 32 | tr -d '\\n')" "$(cat ./old-keys)" > ./${key}`,
          write,
        ),
      ],
      ['Let all replicas have it:', shell(...restartReplicas(plan))],
      [
        'Encrypt with it what is there, with few users at work:',
        shell(
          `${home} exec deployment/coder -- sh -c 'KEYS=$CODER_EXTERNAL_TOKEN_ENCRYPTION_KEYS; export CODER_EXTERNAL_TOKEN_ENCRYPTION_ENCRYPT_NEW_KEY="\${KEYS%%,*}" CODER_EXTERNAL_TOKEN_ENCRYPTION_ENCRYPT_OLD_KEYS="\${KEYS#*,}"; /opt/coder server dbcrypt rotate --yes'`,
        ),
      ],
      [
        'Only when that has succeeded: leave the new key alone, keep `./old-keys` where your keys are kept, and back up what belongs together now:',
        shell(
          `cut -d , -f 1 ./${key} | tr -d '\\n' > ./new-key && mv ./new-key ./${key}`,
          write,
          ...restartReplicas(plan),
          'make backup-now',
        ),
      ],
    ]),
  ];
}
