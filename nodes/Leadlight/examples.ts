import type { Accepted, Decision } from '../../core/src/index.ts';

/** What a rule says yes to, for examples that begin where another one ended. */
export const valueOf = <T>(answer: Decision<T>): T => (answer as Accepted<T>).value;
export const textOf = (example: unknown): string => JSON.stringify(example, null, 2);
/**
 * An example that stays current: its days and instants become n8n expressions, so that what began three days ago always did.
 * @example moving({ start: '2026-04-01' }, { '2026-04-01': '$now.toISODate()' }) // '={ "start": "{{ $now.toISODate() }}" }'
 */
export const moving = (example: unknown, times: Readonly<Record<string, string>>): string =>
  `=${Object.entries(times).reduce((text, [time, expression]) => text.replaceAll(time, `{{ ${expression} }}`), textOf(example))}`;
