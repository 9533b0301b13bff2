import { any, having, int, misfit } from '../kernel/shapes.ts';
import { text } from '../subscription/words.ts';
import { accept, mustBe, type Decision } from '../kernel/decision.ts';
import { shortHash } from '../kernel/id.ts';

/** Each variant gets its weight's share of all subjects; weights are whole numbers. */
export interface Experiment {
  readonly key: string;
  readonly variants: readonly { readonly key: string; readonly weight: number }[];
}

/**
 * Which variant a subject gets: always the same for the same experiment and subject, without a list being kept, and independent of any
 * other experiment (S2-076). Refuses `badInput` for empty names and for weights that are not whole, negative or all 0.
 * @example assignVariant({ key: 'length', variants: [{ key: 'short', weight: 0 }, { key: 'long', weight: 1 }] }, 'tenant_1') // accepted { key: 'long', weight: 1 }
 */
export function assignVariant<E extends Experiment>({ key, variants }: E, subject: string): Decision<E['variants'][number]> {
  const wrong = misfit({
    properties: { key: text, subject: text, variants: any(having({ weight: int(0, 1e6) })) },
  }, { key, subject, variants: variants ?? 0 });
  if (wrong) return wrong;
  let point = parseInt(shortHash(JSON.stringify([key, subject])), 36) / 2 ** 52 * variants.reduce((sum, { weight }) => sum + weight, 0);
  const chosen = variants.find(({ weight }) => (point -= weight) < 0);
  return chosen ? accept(chosen, `${key} by the hash of ${subject}`) : mustBe('variants');
}
