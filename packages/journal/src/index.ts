export * from './db.ts';
export * from './drops.ts';
export * from './events.ts';
export * from './leaseList.ts';
export * from './leases.ts';
export * from './migrations.ts';
export * from './outbox.ts';
export * from './schema.ts';
