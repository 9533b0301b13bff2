// A node as somebody meets it who drops it, picks an operation and executes: its parameters are chosen and its defaults
// resolved by n8n's own code, and what n8n would not show cannot be read.
import { NodeHelpers, Workflow, type IDataObject, type IExecuteFunctions, type INodeExecutionData, type INodeParameters, type INodeType } from 'n8n-workflow';
import { noteExecuted } from './executed.ts';
import { context } from './n8n.ts';
import { operationsOf, type BuiltOperation } from './pack.ts';

export type Data = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
/** Lets it be a time; everything but the clock goes on as usual. */
export function at(now: string): void {
  jest.useFakeTimers({ now: new Date(now), doNotFake: ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
}
export const refusal = (code: string, path: string): Data => ({ type: 'refused', code, path, message: expect.any(String) });

export interface Dropped {
  /** The parameters n8n would hold, with some of them filled in; all of them while a choice is an expression; as they are when they are given whole. */
  parameters(resource: string, operation: string, filled?: object, all?: boolean): IDataObject;
  /** What leaves the node for one item. */
  items(resource: string, operation: string, filled?: object): Promise<IDataObject[]>;
  /** The only item that leaves it. */
  run(resource: string, operation: string, filled?: object): Promise<Data>;
  /** What it was accepted with. */
  value(resource: string, operation: string, filled?: object): Promise<Data>;
  /** What keeps n8n from executing it as it was dropped. */
  issues(resource: string, operation: string): unknown;
  readonly operations: readonly BuiltOperation[];
}

/** In a workflow of a time zone; the time is that of the test. */
export function dropped(node: INodeType, timezone = 'America/Toronto'): Dropped {
  const operations = operationsOf(node);
  const nodeTypes = { getByName: () => node, getByNameAndVersion: () => node, getKnownTypes: () => ({}) };
  const { expression } = new Workflow({ id: '1', active: false, connections: {}, nodeTypes, settings: { timezone }, nodes: [{ id: '1', name: 'Dropped', type: 'n8n-nodes-leadlight.leadlight', typeVersion: 1, position: [0, 0], parameters: {} }] });
  const resolve = (value: unknown): unknown => (typeof value === 'string' && value.startsWith('=') ? expression.resolveSimpleParameterValue(value, {} as INodeParameters, null, 0, 0, 'Dropped', [], 'manual', {}) : value);
  const shown = (values: IDataObject): INodeParameters => NodeHelpers.getNodeParameters(node.description.properties, values as INodeParameters, true, false, { typeVersion: 1 }, node.description)!;
  const parameters: Dropped['parameters'] = (resource, operation, filled = {}, all = false) => {
    if ('resource' in filled) return filled as IDataObject;
    const { fields } = operations.find((one) => one.resource === resource && one.operation === operation)!;
    const values = all ? Object.fromEntries(fields.map((field) => [field.name, field.default])) : shown({ resource, operation, ...filled });
    return { ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, resolve(value)])), resource, operation, ...filled } as IDataObject;
  };
  const items: Dropped['items'] = async (resource, operation, filled) => {
    const values = parameters(resource, operation, filled);
    const around = context(node, { items: [values] });
    const known = around.getNodeParameter.bind(around) as (name: string, ...more: unknown[]) => unknown;
    const strict = (name: string, ...more: unknown[]): unknown => {
      if (!(name in values)) throw new Error(`n8n does not show "${name}" for ${resource}: ${operation}`);
      return known(name, ...more);
    };
    const [out] = (await node.execute!.call(Object.assign(around, { getNodeParameter: strict }) as IExecuteFunctions)) as INodeExecutionData[][];
    const answers = out!.map(({ json }) => json);
    noteExecuted(node, [values], answers);
    return answers;
  };
  const run: Dropped['run'] = async (...asked) => {
    const out = await items(...asked);
    expect(out).toHaveLength(1);
    return out[0]!;
  };
  const value: Dropped['value'] = async (...asked) => {
    const answer = await run(...asked);
    expect(answer).toMatchObject({ type: 'accepted' });
    return answer['value'] as Data;
  };
  const issues: Dropped['issues'] = (resource, operation) =>
    NodeHelpers.getNodeParametersIssues(node.description.properties, { id: '1', name: 'Dropped', type: 'x', typeVersion: 1, position: [0, 0], parameters: shown({ resource, operation }) }, node.description);
  return { parameters, items, run, value, issues, operations };
}
