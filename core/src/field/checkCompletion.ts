import type { LocalText } from '../catalog/catalog.ts';
import { accept, refuse, type Decision } from '../kernel/decision.ts';
import type { ProductOrder } from '../ordering/productOrder.ts';

export type CompletionCheck = 'speedTest' | 'wifi24' | 'wifi5' | 'tvChannels' | 'dialTone';

/** What the technician reports. A check that is absent or null was not made. */
export interface CompletionReport {
  /** Megabits per second, measured by wire. */
  readonly speedTest?: { readonly downMbps: number; readonly upMbps: number } | null;
  readonly wifi24?: boolean | null;
  readonly wifi5?: boolean | null;
  readonly tvChannels?: boolean | null;
  readonly dialTone?: boolean | null;
}

export interface CompletionPolicy {
  readonly version: string;
  /** Share of the ordered speed a test must reach, in percent. */
  readonly speedPercent: number;
}
export const defaultCompletionPolicy: CompletionPolicy = { version: 'completion/1', speedPercent: 80 };

const LABELS: Readonly<Record<CompletionCheck, LocalText>> = {
  speedTest: { fr: 'Test de vitesse Internet', en: 'Internet speed test' },
  wifi24: { fr: 'WiFi fonctionnel à 2,4 GHz', en: 'WiFi working at 2.4 GHz' },
  wifi5: { fr: 'WiFi fonctionnel à 5 GHz', en: 'WiFi working at 5 GHz' },
  tvChannels: { fr: 'Chaînes TV en ondes', en: 'TV channels loading' },
  dialTone: { fr: 'Tonalité au téléphone', en: 'Phone dial tone' },
};

/** The checks an order asks for (S1-117). @example requiredChecks({ hasInternet: true, hasTv: false, hasPhone: true }) // ['speedTest', 'wifi24', 'wifi5', 'dialTone'] */
export function requiredChecks(order: Pick<ProductOrder, 'hasInternet' | 'hasTv' | 'hasPhone'>): readonly CompletionCheck[] {
  return [...(order.hasInternet ? (['speedTest', 'wifi24', 'wifi5'] as const) : []), ...(order.hasTv ? (['tvChannels'] as const) : []), ...(order.hasPhone ? (['dialTone'] as const) : [])];
}

/**
 * Whether an installation may be closed (S1-117, S1-119): every check of what was ordered was made and passed. Missing and failed ones
 * are listed apart, with their names for the technician's screen.
 * @example checkCompletion({ wifi24: true }, order).facts.missing[0] // { check: 'speedTest', … }
 */
export function checkCompletion(
  report: CompletionReport,
  order: Pick<ProductOrder, 'hasInternet' | 'hasTv' | 'hasPhone' | 'access'>,
  policy: CompletionPolicy = defaultCompletionPolicy,
): Decision<{ readonly passed: readonly CompletionCheck[]; readonly policyVersion: string }, 'badInput' | 'checksMissing' | 'checksFailed'> {
  if (typeof report !== 'object' || report === null || Array.isArray(report)) return refuse('badInput', 'The report of the technician is missing.', { path: 'report', hint: 'Send the checks that were made, e.g. { "wifi24": true }.' });
  const missing: CompletionCheck[] = [];
  const failed: CompletionCheck[] = [];
  const required = requiredChecks(order);
  for (const check of required) {
    if (check === 'speedTest') {
      const test = report.speedTest;
      const measured = typeof test === 'object' && test !== null && Number.isFinite(test.downMbps) && Number.isFinite(test.upMbps);
      const enough = (mbps: number, kbps: number): boolean => mbps * 1000 * 100 >= kbps * policy.speedPercent;
      if (!measured) missing.push(check);
      else if (test.downMbps <= 0 || test.upMbps <= 0 || (order.access && !(enough(test.downMbps, order.access.downKbps) && enough(test.upMbps, order.access.upKbps)))) failed.push(check);
    } else if (report[check] === false) failed.push(check);
    else if (report[check] !== true) missing.push(check);
  }
  if (missing.length === 0 && failed.length === 0) return accept({ passed: required, policyVersion: policy.version }, `${required.length} checks passed`);
  const named = (checks: readonly CompletionCheck[]) => checks.map((check) => ({ check, label: { ...LABELS[check] } }));
  const message = missing.length > 0 ? `The job cannot be closed: ${missing.length} checks are missing.` : `The job cannot be closed: ${failed.length} checks failed.`;
  return refuse(missing.length > 0 ? 'checksMissing' : 'checksFailed', message, {
    path: `report.${missing[0] ?? failed[0]}`,
    hint: `${missing.length > 0 ? 'Make the missing checks' : 'Repair and test again'}: ${[...missing, ...failed].map((check) => LABELS[check].en).join(', ')}.`,
    facts: { missing: named(missing), failed: named(failed) },
  });
}
