import { NodeOperationError, type IDataObject, type INodeExecutionData, type IPollFunctions } from 'n8n-workflow';
import { genieacs, type AcsEvent, type AcsEventType, type PollCursor, type PollOptions } from '../../packages/genieacs/src/index.ts';
import { clock } from '../shared/clock.ts';
import { listOf } from '../shared/listOf.ts';
import { toNodeError } from '../shared/toNodeError.ts';
import { sendWith } from '../shared/transport.ts';

/** What n8n keeps between two polls. `asked` tells whether the events or the filter were changed since. */
interface Kept {
  cursor?: PollCursor;
  asked?: string;
}
const A_DAY_MS = 86_400_000;

/**
 * One poll. The first only remembers where GenieACS stands. A test run in the editor shows the latest happenings of the last day and
 * remembers nothing.
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
  const types = context.getNodeParameter('events', []) as AcsEventType[];
  if (types.length === 0) throw new NodeOperationError(context.getNode(), "'Events' must name at least one event", { description: 'Tick an event, such as Bootstrap.' });
  const options = readOptions(context.getNodeParameter('options', {}) as IDataObject);
  try {
    const acs = genieacs(await sendWith(context, 'leadlightGenieAcsApi'), clock);
    if (context.getMode() === 'manual') {
      const since = new Date(Date.parse(clock.now()) - A_DAY_MS).toISOString();
      const { events } = await acs.poll(types, Object.fromEntries(types.map((type) => [type, { at: since, seen: {} }])), { ...options, overlapMs: 0, most: 500 });
      return events.length > 0 ? items(events.slice(-5)) : null;
    }
    const kept = context.getWorkflowStaticData('node') as Kept;
    // Another filter sees other devices: what was remembered for the old one would make old happenings look new.
    const asked = JSON.stringify(options.filter ?? {});
    const { events, cursor } = await acs.poll(types, kept.asked === asked ? kept.cursor : {}, options);
    Object.assign(kept, { cursor, asked } satisfies Kept);
    return events.length > 0 ? items(events) : null;
  } catch (error) {
    throw toNodeError(context.getNode(), error, 0).error;
  }
}

const items = (events: readonly AcsEvent[]): INodeExecutionData[][] => [events.map((event) => ({ json: event as unknown as IDataObject }))];

function readOptions(given: IDataObject): PollOptions {
  const text = (name: string): string | undefined => (typeof given[name] === 'string' && given[name].trim() !== '' ? given[name].trim() : undefined);
  const filter = Object.fromEntries(['oui', 'productClass', 'tag'].flatMap((name) => (text(name) === undefined ? [] : [[name, text(name)]])));
  const parameters = text('parameters');
  return { filter, ...(parameters === undefined ? {} : { projection: listOf(parameters) }), ...(typeof given['overlapSeconds'] === 'number' ? { overlapMs: given['overlapSeconds'] * 1_000 } : {}) };
}
