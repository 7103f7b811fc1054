import type { Plan } from '../../../architecture/plan';
import type { DeploymentSpec } from '../../../deployment/DeploymentSpec';
import { readSecret, replaceSecret } from '../createSecret';
import { kubectl, numbered, shell, strictly } from '../shell';
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
  const secret = { ...plan.controlPlane, ...database.encryption.keysSecret };
  const home = kubectl(secret);
  const { name, key } = secret;
  const file = `./${key}`;
  const write = replaceSecret({ ...secret, keys: [key] });
  return [
    '### Keys of encryption',
    `Keep the old key for as long as a backup of its time is kept: that backup cannot be read without. Where a store holds \`${name}\`, change it there.`,
    ...numbered([
      ['Have a backup of now:', shell('make backup-now')],
      [
        'Make a new key, and put it behind those that are there. The first one encrypts, all of them decrypt: every replica has to know the new one before the first writes with it:',
        strictly(
          ...readSecret(secret, './old-keys'),
          "openssl rand -base64 32 | tr -d '\\n' > ./new-key",
          `printf '%s,%s' "$(cat ./old-keys)" "$(cat ./new-key)" > ${file}`,
          write,
          ...restartReplicas(plan.controlPlane),
        ),
      ],
      [
        'Put it in front:',
        strictly(
          '[ -s ./new-key ]',
          '[ -s ./old-keys ]',
          `printf '%s,%s' "$(cat ./new-key)" "$(cat ./old-keys)" > ${file}`,
          write,
          ...restartReplicas(plan.controlPlane),
          `rm ${file} ./new-key`,
        ),
      ],
      [
        'Encrypt with it what is there, with few users at work:',
        shell(
          `${home} exec deployment/coder -- sh -c 'KEYS=$CODER_EXTERNAL_TOKEN_ENCRYPTION_KEYS; export CODER_EXTERNAL_TOKEN_ENCRYPTION_ENCRYPT_NEW_KEY="\${KEYS%%,*}" CODER_EXTERNAL_TOKEN_ENCRYPTION_ENCRYPT_OLD_KEYS="\${KEYS#*,}"; /opt/coder server dbcrypt rotate --yes'`,
        ),
        'Some releases end it with `crypto_keys_secret_key_id_fkey`: they leave keys with which Coder signs to the old key ([coder/coder#25381](https://github.com/coder/coder/issues/25381)). Stop here then, with both keys in the Secret. Coder renews those keys by itself; do this step again in a month, or with a release that has it mended.',
      ],
      [
        'Only when that has succeeded: leave the first key only, keep `./old-keys` where your keys are kept, and back up what belongs together now:',
        strictly(
          ...readSecret(secret, file, "cut -d , -f 1 | tr -d '\\n'"),
          write,
          ...restartReplicas(plan.controlPlane),
          `rm ${file}`,
          'make backup-now',
        ),
      ],
    ]),
  ];
}
