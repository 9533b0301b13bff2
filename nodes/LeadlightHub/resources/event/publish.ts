import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';

/** Tells whoever listens (live pages, trigger nodes); the same key in the same stream is told once. */
export const publish = defineOperation<HubClient>({
  value: 'publish',
  name: 'Publish',
  action: 'Publish event',
  description: 'Write an event into the log of the hub and deliver it to live pages and Leadlight Trigger nodes; once per stream and key',
  fields: [
    textField('type', 'Type', { placeholder: 'e.g. order.created', description: 'What happened' }),
    textField('stream', 'Stream', { placeholder: 'e.g. order-ord_3NxQ7mK2', description: 'What it happened to' }),
    textField('key', 'Key', { placeholder: 'e.g. ord_3NxQ7mK2:created', description: 'The same key in the same stream is recorded once' }),
    jsonField('data', 'Data', 'The body of the event', { default: '{}' }),
  ],
  run: ({ read, client }) => client.events.publish({ type: read.text('type'), stream: read.text('stream'), key: read.text('key'), data: read.object('data') }),
});
