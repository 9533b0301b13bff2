/** Runs work after all earlier work of the same name has ended, however it ended. */
export type InTurns = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/**
 * Lets calls of the same name through one after another, so that twenty at once are one and nineteen repetitions. Within this process;
 * between processes something that both see must hold: a row, a key.
 * @example const turn = inTurns(); await turn('pi_1', () => capture());
 */
export function inTurns(): InTurns {
  const last = new Map<string, Promise<unknown>>();
  return async (name, work) => {
    const mine = (last.get(name) ?? Promise.resolve()).then(work, work);
    last.set(name, mine);
    try {
      return await mine;
    } finally {
      if (last.get(name) === mine) last.delete(name);
    }
  };
}
