import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, jsonField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import type { NoticeTrigger } from '../../../../core/src/index.ts';
import type { NoticeChannel } from '../../../../packages/hub/src/api.ts';

// By type, so that a new message cannot be forgotten here.
const triggers: Readonly<Record<NoticeTrigger, string>> = {
  businessQuote: 'Business Quote',
  fallout: 'Fallout',
  coverageArrived: 'Coverage Arrived',
  leadCaptured: 'Lead Captured',
  networkFinding: 'Network Finding',
  newInstallationJob: 'New Installation Job',
  newLead: 'New Lead',
  notAvailable: 'Not Available',
  orderDelayed: 'Order Delayed',
  orderConfirmed: 'Order Confirmed',
  salesLead: 'Sales Lead',
  serviceActivated: 'Service Activated',
  technicianEnRoute: 'Technician En Route',
  unknownDevice: 'Unknown Device',
};

/** Sends one message; the same trigger, subject and channel leave once, however often this runs. */
export const send = defineOperation<HubClient>({
  value: 'send',
  name: 'Send',
  action: 'Send notice',
  description: 'Send an SMS, e-mail or chat message in French or English; once per trigger, subject and channel, however often it is asked',
  fields: [
    choiceField('trigger', 'Trigger', triggers, 'orderConfirmed', 'What happened; chooses the text'),
    textField('subject', 'Subject', { placeholder: 'e.g. ord_3NxQ7mK2', description: 'What it happened to; a second notice of the same trigger and subject is not sent' }),
    choiceField('channel', 'Channel', { chat: 'Chat', email: 'Email', sms: 'SMS' }, 'sms', 'How it leaves'),
    textField('to', 'To', { placeholder: 'e.g. +14185550123', description: 'E.164 number, email address or chat room of the hub (dispatch, sales, noc)' }),
    choiceField('language', 'Language', { en: 'English', fr: 'French' }, 'fr', 'Language of the customer'),
    jsonField('facts', 'Facts', 'What the text mentions, such as names, days and amounts', { default: '{}' }),
  ],
  run: ({ read, client }) =>
    client.notices.send({
      trigger: read.text('trigger'),
      subject: read.text('subject'),
      channel: read.text('channel') as NoticeChannel,
      to: read.text('to'),
      language: read.text('language') === 'en' ? 'en' : 'fr',
      facts: read.object('facts'),
    }),
});
