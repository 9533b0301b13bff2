export * from './declines.ts';
export * from './happenings.ts';
export * from './judge.ts';
export * from './ledger.ts';
export * from './migrations.ts';
export * from './stripe.ts';
export * from './webhook.ts';
