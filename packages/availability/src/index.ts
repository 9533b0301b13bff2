export * from './parseAddress.ts';
export * from './sameAddress.ts';
export * from './search.ts';
