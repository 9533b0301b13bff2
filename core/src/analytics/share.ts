import { mulDiv } from '../kernel/money.ts';

/** A part of a whole, exactly, and in basis points rounded half up; null where the whole is 0. */
export interface Share { readonly part: number; readonly whole: number; readonly basisPoints: number | null }
/** @example share(1, 8).basisPoints // 1250 */
export const share = (part: number, whole: number): Share => ({ part, whole, basisPoints: whole === 0 ? null : mulDiv(10_000, part, whole) });
