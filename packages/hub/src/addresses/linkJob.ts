import type { Clock } from '../../../../core/src/index.ts';
import { linker, type DropToLink, type Link } from '../../../availability/src/index.ts';
import { listDrops, type Db } from '../../../journal/src/index.ts';
import type { LinkRun } from '../apiAddresses.ts';
import { countLinks, humanLinks, saveLinks } from './links.ts';
import type { RegisterBook } from './registerBook.ts';

/** Drops linked between two turns of the event loop, and saved at once. */
const AT_ONCE = 20;
const SAVED = 1000;
const idle: LinkRun = { type: 'linkRun', state: 'never', dryRun: false, startedAt: null, endedAt: null, done: 0, of: 0, kept: 0, changed: 0, matched: 0, ambiguous: 0, unmatched: 0 };

/** Links all drops in the background, one run at a time, without holding up requests. A run may be repeated: what is right stays. */
export function linkJob(db: Db, clock: Clock, book: RegisterBook, report: (line: string) => void) {
  let run = idle;
  let running: Promise<void> | null = null;
  async function work(dryRun: boolean): Promise<void> {
    const human = await humanLinks(db);
    const drops = (await listDrops(db)).map(({ fibreId, street, city, postalCode, latitude, longitude }): DropToLink => ({ id: fibreId, street, town: city, postalCode, latitude: latitude ?? NaN, longitude: longitude ?? NaN }));
    const own = drops.filter(({ id }) => !human.has(id));
    run = { ...run, of: drops.length, done: human.size, kept: human.size };
    const link = linker(book.engine().register, drops);
    let found: Link[] = [];
    const save = async (): Promise<void> => {
      const changed = dryRun || found.length === 0 ? 0 : await saveLinks(db, found, clock.now());
      run = { ...run, changed: run.changed + changed };
      found = [];
    };
    for (let i = 0; i < own.length; i += 1) {
      const one = link(own[i]!);
      found.push(one);
      run = { ...run, done: run.done + 1, [one.status]: run[one.status] + 1 };
      if (found.length === SAVED) await save();
      else if (i % AT_ONCE === 0) await new Promise(setImmediate);
    }
    await save();
    book.heard();
    await book.refresh();
    run = { ...run, state: 'done', endedAt: clock.now() };
  }
  return {
    /** Starts a run, or tells of the one that is going on. */
    start(dryRun: boolean): LinkRun {
      if (running) return run;
      run = { ...idle, state: 'running', dryRun, startedAt: clock.now() };
      running = work(dryRun)
        .catch((error: Error) => {
          run = { ...run, state: 'failed', endedAt: clock.now(), because: 'The run met a fault; what it linked so far is kept. Start it again.' };
          report(`link run: ${error.name}`);
        })
        .finally(() => void (running = null));
      return run;
    },
    state: (): LinkRun => run,
    counts: () => countLinks(db),
    /** Resolves when no run is going on. */
    idle: async (): Promise<void> => { await running; },
  };
}
export type LinkJob = ReturnType<typeof linkJob>;
