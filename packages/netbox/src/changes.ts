import type { Raw, Wire } from './call.ts';
import { whole } from './checks.ts';
import { rejected } from './errors.ts';
import { choice, idOf, text } from './read.ts';

export interface Change { readonly type: 'change'; readonly id: number; readonly at: string; readonly user: string; readonly action: string; readonly objectType: string; readonly objectId: number; readonly message: string; readonly requestId: string }

/** NetBox' own record of who changed what. @example await changes(wire).find({ requestId }) */
export function changes(wire: Wire) {
  return {
    /**
     * Changes of one request (`requestId` of a result or of an error's detail), or of one object, newest first.
     * @throws VendorError rejectedInput
     * @example await netbox.changes.find({ requestId: '7c1d9a3e-0f5b-4c1e-9a57-2f4f5f2a9d11' })
     */
    async find(by: { readonly requestId: string } | { readonly objectType: string; readonly objectId: number }, limit = Number.POSITIVE_INFINITY): Promise<readonly Change[]> {
      const operation = 'changes.find';
      if ('requestId' in by && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(by.requestId)) throw rejected(operation, 'This is no request id of NetBox.', 'Use requestId of a result, or X-Request-ID of a reply.');
      const query = 'requestId' in by ? { request_id: by.requestId } : { changed_object_type: by.objectType, changed_object_id: whole(operation, by.objectId) };
      const found: Change[] = [];
      for await (const raw of wire.list(operation, 'core/object-changes', query)) found.push(read(raw));
      const asked = found.filter((one) => ('requestId' in by ? one.requestId.toLowerCase() === by.requestId.toLowerCase() : one.objectId === by.objectId && one.objectType === by.objectType));
      return asked.sort((one, other) => other.id - one.id).slice(0, limit);
    },
  };
}

function read(raw: Raw): Change {
  return { type: 'change', id: Number(raw['id']), at: text(raw['time']), user: text(raw['user_name']), action: choice(raw['action']), objectType: text(raw['changed_object_type']), objectId: idOf(raw['changed_object_id']) ?? Number(raw['changed_object_id']), message: text(raw['message']), requestId: text(raw['request_id']) };
}
