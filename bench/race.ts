import { cpus, loadavg } from 'node:os';

/** A figure and what it must reach. */
export interface Bar {
  readonly what: string;
  readonly got: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly unit?: string;
  /** Depends on the machine: not judged while others use it, for its figure is then theirs as well. Ratios and sizes are always judged. */
  readonly absolute?: true;
}
/**
 * Processor time of this process in milliseconds, all its threads (the collector's too). Unlike the clock on the wall it does not count
 * what other programs on a busy machine take, and on an idle one it is the same.
 */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
/** The value below which a part of the values lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
}
export const median = (values: readonly number[]): number => quantile(values, 0.5);
/**
 * What work takes when nobody disturbs it: the time that a quarter of its batches stay below. Two programs on one core slow each other
 * by half or more, so on a shared machine the middle one tells of the neighbours. Taken of ours and of the rivals alike.
 */
export const undisturbed = (times: readonly number[]): number => quantile(times, 0.25);
export const optionOf = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  const value = at < 0 ? otherwise : Number(process.argv[at + 1]);
  if (Number.isInteger(value) && value > 0) return value;
  console.error(`--${name} must be a whole number from 1.`);
  process.exit(2);
};
export const count = (n: number): string => Math.round(n).toLocaleString('en-US');
const figure = (n: number): string => (n >= 1000 ? count(n) : n >= 100 ? n.toFixed(0) : n.toFixed(1));
const reached = ({ got, atLeast = -Infinity, atMost = Infinity }: Bar): boolean => got >= atLeast && got <= atMost;

/** Prints the bars for people and the figures as one line of JSON; the process fails when a bar is missed. */
export function finish(bench: string, bars: readonly Bar[], figures: Readonly<Record<string, unknown>>): void {
  const busy = loadavg()[0]! > cpus().length;
  console.log('');
  for (const bar of bars) {
    const limit = bar.atMost === undefined ? `at least ${figure(bar.atLeast!)}` : `at most ${figure(bar.atMost)}`;
    const mark = reached(bar) ? '✓' : bar.absolute && busy ? '–' : '✗';
    console.log(`  ${mark} ${bar.what.padEnd(58)} ${`${figure(bar.got)}${bar.unit ?? ''}`.padStart(12)}   ${limit}${mark === '–' ? ', not judged: the machine is busy' : ''}`);
  }
  const ok = bars.every((bar) => reached(bar) || (bar.absolute && busy));
  console.log(`
  Library against library in one process, without any database: these figures say nothing about systems that wait for one.
  ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, load ${loadavg().map((one) => one.toFixed(1)).join(' ')}, Node ${process.versions.node}
`);
  console.log(JSON.stringify({ bench, ...figures, busy, ok }));
  process.exitCode = ok ? 0 : 1;
}
