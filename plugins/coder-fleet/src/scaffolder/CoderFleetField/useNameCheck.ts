import { useApi } from '@backstage/core-plugin-api';
import { useEffect, useState } from 'react';
import { coderFleetApiRef } from '../../api';
import { takenProblem } from './fieldRules';

/** Long enough to finish a word. */
const TYPING_PAUSE_MS = 400;

/**
 * What is known of a name while it is typed.
 *
 * @internal
 */
export type NameCheck =
  | { status: 'idle' }
  | { status: 'checking' }
  | { status: 'free' }
  | { status: 'problem'; problem: string };

/**
 * Asks whether a name is free once the typing pauses; nothing while `name` is `undefined`.
 *
 * @internal
 */
export function useNameCheck(name: string | undefined): NameCheck {
  const api = useApi(coderFleetApiRef);
  const [answer, setAnswer] = useState<{ name: string; problem?: string }>();

  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      if (name !== undefined) {
        const problem = await takenProblem(name, api);
        if (current) {
          setAnswer({ name, problem });
        }
      }
    }, TYPING_PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [api, name]);

  if (name === undefined) {
    return { status: 'idle' };
  }
  if (answer?.name !== name) {
    return { status: 'checking' };
  }
  return answer.problem
    ? { status: 'problem', problem: answer.problem }
    : { status: 'free' };
}
