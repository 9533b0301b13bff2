// The public surface, grouped by chapter. Each rule is one file; add yours under its chapter.

// kernel
export * from './kernel/civil.ts';
export * from './kernel/decision.ts';
export * from './kernel/id.ts';
export type * from './kernel/json.ts';
export * from './kernel/money.ts';
export * as parse from './kernel/parse.ts';
export * from './kernel/port.ts';
export * from './kernel/retry.ts';
export * from './kernel/zone.ts';
