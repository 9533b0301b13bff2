import { amount, int, key, line, object, ppm } from '../kernel/shapes.ts';
import type { JsonSchema } from '../kernel/schema.ts';

/** What may be asked of who leaves a fixed term early. */
export interface TerminationPolicy {
  readonly id: string;
  readonly version: string;
  readonly note: string;
  /** Nothing is asked after so many months; a rebate on goods has declined to nothing by then. */
  readonly maxMonths: number;
  /** Without a rebate on goods: this part of the price not supplied, at most the cap. */
  readonly ppm: number;
  readonly capMinor: number;
}
export const terminationSchema: JsonSchema = object({ id: key, version: line, note: line, maxMonths: int(1, 120), ppm, capMinor: amount });
