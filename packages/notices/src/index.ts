export * from './carrier.ts';
export * from './chat.ts';
export * from './mailjet.ts';
export * from './mask.ts';
export * from './migrations.ts';
export * from './port.ts';
export type * from './store.ts';
export * from './twilio.ts';
export * from './twilioSignature.ts';
