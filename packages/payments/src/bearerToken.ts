import type { Clock } from '../../../core/src/index.ts';

export interface FreshToken { readonly token: string; readonly expiresInSeconds: number }

/**
 * Keeps one bearer token until a minute before it ends; several callers at once ask for one. `drop` after a 401: the next call asks again.
 * @example const tokens = bearerToken(clock, fetchToken); const token = await tokens.get();
 */
export function bearerToken(clock: Clock, fetchToken: () => Promise<FreshToken>) {
  let held: { readonly token: string; readonly until: number } | undefined;
  let asking: Promise<string> | undefined;
  const ask = async (): Promise<string> => {
    const { token, expiresInSeconds } = await fetchToken();
    held = { token, until: Date.parse(clock.now()) + Math.max(expiresInSeconds - 60, 1) * 1000 };
    return token;
  };
  return {
    async get(): Promise<string> {
      if (held && Date.parse(clock.now()) < held.until) return held.token;
      return (asking ??= ask().finally(() => { asking = undefined; }));
    },
    drop: (): void => { held = undefined; },
  };
}
