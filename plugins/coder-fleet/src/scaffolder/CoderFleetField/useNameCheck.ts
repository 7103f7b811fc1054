import { useApi, useApiHolder } from '@backstage/core-plugin-api';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { useEffect, useState } from 'react';
import { coderFleetApiRef } from '../../api';
import { nameStanding, type NameStanding } from '../nameStanding';

/** Long enough to finish a word. */
const TYPING_PAUSE_MS = 400;

/**
 * What is known of a name while it is typed.
 *
 * @internal
 */
export type NameCheck =
  { status: 'idle' } | { status: 'checking' } | NameStanding;

/**
 * Asks what a name would lead to once the typing pauses; nothing while `name` is `undefined`.
 *
 * @internal
 */
export function useNameCheck(name: string | undefined): NameCheck {
  const api = useApi(coderFleetApiRef);
  const permissions = useApiHolder().get(permissionApiRef);
  const [answer, setAnswer] = useState<{
    name: string;
    standing: NameStanding;
  }>();

  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      if (name !== undefined) {
        const standing = await nameStanding(name, { api, permissions });
        if (current) {
          setAnswer({ name, standing });
        }
      }
    }, TYPING_PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [api, name, permissions]);

  if (name === undefined) {
    return { status: 'idle' };
  }
  return answer?.name === name ? answer.standing : { status: 'checking' };
}
