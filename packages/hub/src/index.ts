export * from './client.ts';
export type * from './api.ts';
