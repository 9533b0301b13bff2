import type { TerminationPolicy } from '../pricing/terminationPolicy.ts';

const note = 'a lawyer must confirm';
/** Consumer Protection Act (P-40.1) s. 214.7 and regulation s. 79.10: monthly rebates are no inducement on goods (decision 41). */
export const quebecTermination: TerminationPolicy = { id: 'CA-QC', version: 'P-40.1 s. 214.7', note, maxMonths: 120, ppm: 100_000, capMinor: 5000 };
/** Elsewhere: the Internet Code as of 12 June 2026 (CRTC 2019-269, 2026-43): no fee where no device was subsidised. Before that day it was as in Québec, over 24 months. */
export const canadaTermination: TerminationPolicy = { id: 'CA', version: 'CRTC 2026-43', note, maxMonths: 24, ppm: 0, capMinor: 0 };
