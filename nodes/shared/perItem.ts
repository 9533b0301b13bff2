import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { clock } from './clock.ts';
import type { Resource } from './defineOperation.ts';
import { fileOf, type FileItem } from './fileItem.ts';
import { inputsOf } from './inputs.ts';
import { toNodeError } from './toNodeError.ts';

/** Gives the client for one item, so that credentials may come from an expression. */
export type Connect<Client> = (context: IExecuteFunctions, index: number) => Promise<Client> | Client;

/**
 * Runs the chosen operation once per item. Results keep the link to their item; with "Continue On Fail" an item that could not be
 * carried out leaves with what happened and what to do, and the others go on. With "Retry On Fail" failures leave first.
 * @example return await perItem(this, [device, fault, task], connect);
 */
export async function perItem<Client>(context: IExecuteFunctions, resources: readonly Resource<Client>[], connect: Connect<Client>): Promise<INodeExecutionData[][]> {
  const out: INodeExecutionData[] = [];
  const failures = new Set<INodeExecutionData>();
  for (let index = 0; index < context.getInputData().length; index++) {
    try {
      const chosen = { resource: String(context.getNodeParameter('resource', index)), operation: String(context.getNodeParameter('operation', index)) };
      const operation = resources.find(({ value }) => value === chosen.resource)?.operations.find(({ value }) => value === chosen.operation);
      if (!operation) {
        throw new NodeOperationError(context.getNode(), `There is no operation "${chosen.operation}" on "${chosen.resource}"`, {
          itemIndex: index,
          description: 'Choose Resource and Operation from their lists; an expression may have given another value.',
        });
      }
      const result = await operation.run({ read: inputsOf(context, index, operation.fields), client: await connect(context, index), clock });
      const leaving = fileOf(result);
      if (leaving) out.push({ ...(await toBinaryItem(context, leaving)), pairedItem: { item: index } });
      else for (const json of toItems(result)) out.push({ json, pairedItem: { item: index } });
    } catch (error) {
      const failure = toNodeError(context.getNode(), error, index);
      if (!context.continueOnFail()) throw failure.error;
      // Without `error` beside it: n8n would put its message in the place of all that `json` says.
      const left = { json: failure.json, pairedItem: { item: index } };
      failures.add(left);
      out.push(left);
    }
  }
  // n8n looks at the first item only to see whether the node is to be tried again.
  return [context.getNode().retryOnFail ? out.sort((a, b) => Number(failures.has(b)) - Number(failures.has(a))) : out];
}

async function toBinaryItem(context: IExecuteFunctions, { json, file }: FileItem): Promise<INodeExecutionData> {
  const { field, fileName, mimeType, content } = file;
  // n8n's HTTP helper gave a buffer, which is what its storage takes.
  const binary = await context.helpers.prepareBinaryData(content as Parameters<typeof context.helpers.prepareBinaryData>[0], fileName, mimeType);
  return { json: json as IDataObject, binary: { [field]: binary } };
}

function toItems(result: unknown): IDataObject[] {
  if (result === undefined || result === null) return [{}];
  return (Array.isArray(result) ? result : [result]).map((one: unknown) => (typeof one === 'object' && one !== null && !Array.isArray(one) ? (one as IDataObject) : { value: one as IDataObject[string] }));
}
