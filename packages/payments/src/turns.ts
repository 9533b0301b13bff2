/**
 * Lets calls of the same name through one after another, so that twenty at once are one and nineteen repetitions. Within this process;
 * between processes the idempotency keys hold.
 * @example const turn = inTurns(); await turn('pi_1', () => capture());
 */
export function inTurns() {
  const last = new Map<string, Promise<unknown>>();
  return async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const mine = (last.get(name) ?? Promise.resolve()).then(work, work);
    last.set(name, mine);
    try {
      return await mine;
    } finally {
      if (last.get(name) === mine) last.delete(name);
    }
  };
}
