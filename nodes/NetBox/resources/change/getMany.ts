import { defineOperation } from '../../../shared/defineOperation.ts';
import { returnAllFields, textField } from '../../../shared/fields.ts';
import type { NetBox } from '../../connect.ts';

/** What one request changed. */
export const getMany = defineOperation<NetBox>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many changes of request',
  description: 'List what one request changed, one item each, with who did it and the message it carried',
  fields: [textField('requestId', 'Request ID', { placeholder: 'e.g. 7c1d9a3e-0f5b-4c1e-9a57-2f4f5f2a9d11', description: 'The requestId of a result of this node, or X-Request-ID of a reply' }), ...returnAllFields],
  run: ({ read, client }) => client.changes.find({ requestId: read.text('requestId') }, read.flag('returnAll') ? undefined : read.number('limit')),
});
