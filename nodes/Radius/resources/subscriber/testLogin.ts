import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { subscriberField } from '../../fields.ts';

/** What the server really answers. */
export const testLogin = defineOperation<HubClient>({
  value: 'testLogin',
  name: 'Test Login',
  action: 'Test login of subscriber',
  description: 'Let the hub log in at the RADIUS server as the subscriber and compare the answer with the tables; the password stays in the hub',
  fields: [subscriberField, choiceField('method', 'Method', { chap: 'CHAP', pap: 'PAP' }, 'pap', 'How the password is proven: CHAP only works where the server holds it in clear')],
  run: ({ read, client }) => client.radius.testLogin(read.picked('username'), { method: read.text('method') as 'pap' | 'chap' }),
});
