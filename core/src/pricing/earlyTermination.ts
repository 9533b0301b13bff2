import { amount, day, int, misfit, object } from '../kernel/shapes.ts';
import { addMonths, isCivilDate, type CivilDate } from '../kernel/civil.ts';
import { accept, deny, type Decision } from '../kernel/decision.ts';
import { mulDiv } from '../kernel/money.ts';
import { terminationSchema, type TerminationPolicy } from './terminationPolicy.ts';

export interface FixedTerm {
  readonly start: CivilDate;
  readonly months: number;
  /** Of the services a month, after monthly rebates, before tax. */
  readonly monthlyMinor: number;
  /** The rebate on the price of goods bought with the contract and needed for it. Monthly rebates are none. */
  readonly goodsRebateMinor?: number;
}
export interface Termination {
  readonly feeMinor: number;
  readonly monthsLeft: number;
  readonly policyVersion: string;
}
const facts = object({ start: day, months: int(1, 120), monthlyMinor: amount, on: day, policy: terminationSchema }, { goodsRebateMinor: amount });

/**
 * The most that may be asked of who leaves a fixed term early; `on` is the first day without service. A month that has begun counts as
 * supplied. With a rebate on goods: what is left of it, less one part per month; otherwise the lesser of a cap and a part of the price of
 * the months not supplied (decision 41). Before tax, minor units, cut down to whole ones.
 * @example earlyTermination({ start: '2026-01-15', months: 12, monthlyMinor: 3000 }, '2026-07-20', quebecTermination).value.feeMinor // 1500
 */
export function earlyTermination(contract: FixedTerm, on: CivilDate, policy: TerminationPolicy): Decision<Termination, 'badInput'> {
  const wrong = misfit(facts, { ...contract, on, policy });
  if (wrong) return wrong;
  const { start, monthlyMinor, goodsRebateMinor } = contract;
  if (!isCivilDate(start) || !isCivilDate(on) || on < start || on > '9') return deny('badInput', 'on', 'Not a day of the contract.');
  const months = Math.min(contract.months, policy.maxMonths);
  let left = months;
  while (left && addMonths(start, months - left) < on) left -= 1;
  const { ppm, capMinor, version } = policy;
  const [feeMinor, why] = goodsRebateMinor
    ? [mulDiv(goodsRebateMinor, left, months, 'down'), `${left} of ${months} parts of the rebate`]
    : [Math.min(capMinor, mulDiv(monthlyMinor * left, ppm, 1_000_000, 'down')), `${ppm / 10_000} % of ${left} months not supplied, at most ${capMinor}`];
  return accept({ feeMinor, monthsLeft: left, policyVersion: version }, why, `${version}: ${policy.note}`);
}
