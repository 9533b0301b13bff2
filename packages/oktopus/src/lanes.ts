/** Runs a job after every earlier job of the same lane has ended, however it ended. */
export type Lanes = <T>(lane: string, job: () => Promise<T>) => Promise<T>;

/**
 * One job at a time per lane, first come first served. Oktopus matches USP replies by serial number alone and handles all CWMP calls in
 * one callback (acs.md 3.3, 3.4), so a second call in flight gets the first one's answer or waits its ten seconds for nothing.
 * @example const run = lanes(); await Promise.all([run('SN1', first), run('SN1', second)]); // second starts when first has ended
 */
export function lanes(): Lanes {
  const tails = new Map<string, Promise<unknown>>();
  return (lane, job) => {
    const mine = (tails.get(lane) ?? Promise.resolve()).then(job);
    const tail = mine.then(
      () => undefined,
      () => undefined,
    );
    tails.set(lane, tail);
    void tail.then(() => {
      if (tails.get(lane) === tail) tails.delete(lane);
    });
    return mine;
  };
}
