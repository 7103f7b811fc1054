/**
 * Something was asked of which evidence of this kind says nothing. A rule that runs into it does not know.
 *
 * @internal
 */
export class UntoldError extends Error {}

/**
 * A value of which only some keys are known. Reading another one throws an {@link UntoldError}; `in` says
 * that it is not there.
 *
 * @internal
 */
export function partlyTold<T extends object>(
  value: T,
  told: ReadonlyArray<keyof T & string>,
  why: string,
): T {
  const isTold = (key: string | symbol) =>
    typeof key === 'symbol' || told.includes(key as never);
  return new Proxy(value, {
    get(target, key) {
      if (!isTold(key)) {
        throw new UntoldError(`${String(key)} is not known: ${why}`);
      }
      return Reflect.get(target, key);
    },
    has: (target, key) => isTold(key) && Reflect.has(target, key),
  });
}
