import type { System } from './systems.ts';

/** One test as Jest reports it. */
export interface Told { readonly file: string; readonly fullName: string; readonly title: string; readonly status: string; readonly failureMessages?: readonly string[] }
export interface Verdict {
  /** `[acs-12]`, or empty where behaviours have no numbers. */
  readonly number: string;
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped' | 'untested';
  /** Of a skip why, of a failure what. */
  readonly why: string;
}

const TAG = /\[[A-Za-z]+\d*-\d+\]\s*/g;
const plain = (title: string): string => title.replace(TAG, '').trim();

/** Whether a test belongs to the contract of a system. */
export function belongs({ numbered, tests }: System, { file, fullName }: Pick<Told, 'file' | 'fullName'>): boolean {
  if (numbered) return numbered.numbers.some((number) => fullName.includes(`[${numbered.tag}-${number}]`));
  const name = `${file.split('/').at(-1)} ${fullName}`;
  return tests!.files.test(file) && (tests!.about?.test(name) ?? true) && !(tests!.notAbout?.test(name) ?? false);
}

/**
 * One verdict per behaviour, in order. A behaviour that several tests show holds when none of them failed; it is skipped when all of them
 * were; one that no test names is untested.
 */
export function verdicts(system: System, told: readonly Told[], againstReal: boolean): readonly Verdict[] {
  const mine = told.filter((one) => belongs(system, one));
  const { numbered } = system;
  if (!numbered) return mine.map((one) => verdict((one.title.match(TAG) ?? []).join('').trim(), [one], againstReal));
  return numbered.numbers.map((number) => {
    const tag = `[${numbered.tag}-${number}]`;
    const shown = mine.filter(({ fullName }) => fullName.includes(tag));
    return shown.length > 0 ? verdict(tag, shown, againstReal) : { number: tag, title: '', state: 'untested', why: 'no test carries this number' };
  });
}

function verdict(number: string, shown: readonly Told[], againstReal: boolean): Verdict {
  const failed = shown.filter(({ status }) => status === 'failed');
  const passed = shown.filter(({ status }) => status === 'passed');
  const [speaker] = failed.length > 0 ? failed : passed.length > 0 ? passed : shown;
  const more = shown.length > 1 ? ` (and ${shown.length - 1} more)` : '';
  const title = `${plain(speaker!.title)}${more}`;
  if (failed.length > 0) return { number, title, state: 'failed', why: firstLine(failed[0]!.failureMessages?.[0] ?? '') };
  if (passed.length > 0) return { number, title, state: 'passed', why: passed.length < shown.length ? `${shown.length - passed.length} of ${shown.length} skipped: ${reason(shown.find(({ status }) => status !== 'passed')!, againstReal)}` : '' };
  return { number, title, state: 'skipped', why: reason(speaker!, againstReal) };
}

/** A skipped test says why at the end of its name: `… (needs LEADLIGHT_GENIEACS_SERIAL)`, `… (sandbox only: a planted fault)`. */
function reason({ fullName, status }: Told, againstReal: boolean): string {
  const own = /\(((?:needs|sandbox only|real server only|skipped)[^()]*)\)/i.exec(fullName)?.[1];
  return own ?? (status === 'todo' ? 'still to be written' : againstReal ? 'shown on the sandbox only' : 'needs a real server, or a program that is not installed here');
}

// eslint-disable-next-line no-control-regex
const firstLine = (text: string): string => text.replace(/\u001b\[[0-9;]*m/g, '').split('\n').map((line) => line.trim()).filter(Boolean).slice(0, 3).join(' ').slice(0, 240);
