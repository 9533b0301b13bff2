// A stand-in for n8n around one node: parameters with their defaults, locators taken apart, credentials applied, HTTP for real.
import type { ICredentialType, IDataObject, IExecuteFunctions, IHttpRequestOptions, ILoadOptionsFunctions, INode, INodeExecutionData, INodeProperties, INodeType } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { isSendFailure, type HttpRequest } from '../../../core/src/index.ts';
import { axiosSend } from '../../../packages/http/src/send.ts';
import { noteExecuted } from './executed.ts';
import { credentials as registered } from './pack.ts';

export interface Around {
  /** Parameters of each item; what is left out takes the default n8n would show. */
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly credentials?: Readonly<Record<string, unknown>>;
  readonly continueOnFail?: boolean;
  readonly retryOnFail?: boolean;
  /** Files the items carry, by the name of their binary field. */
  readonly files?: Readonly<Record<string, { readonly fileName: string; readonly bytes: Buffer }>>;
}

/** `={{ … }}` and `=text {{ … }}` of a credential, with nothing but `$credentials` in reach. */
function resolve(expression: string, $credentials: object): string {
  if (!expression.startsWith('=')) return expression;
  return expression.slice(1).replace(/\{\{(.*?)\}\}/gs, (_all, code: string) => String(new Function('$credentials', `return (${code})`)($credentials)));
}

async function signed(type: ICredentialType, values: object, options: IHttpRequestOptions): Promise<IHttpRequestOptions> {
  const { authenticate } = type;
  if (typeof authenticate === 'function') return authenticate(values as never, options);
  const headers = Object.entries((authenticate?.properties.headers ?? {}) as Record<string, string>).map(([name, value]) => [name, resolve(value, values)]);
  return { ...options, headers: { ...options.headers, ...Object.fromEntries(headers) } };
}

// n8n leaves such a body out.
const emptyObject = (body: unknown): boolean => typeof body === 'object' && body !== null && Object.keys(body).length === 0;

/** Sends as n8n does: no reply is a NodeApiError around the network's own error. */
async function exchange(node: INode, options: IHttpRequestOptions): Promise<object> {
  const { origin, pathname, search } = new URL(options.url);
  const auth: Record<string, string> = options.auth ? { authorization: `Basic ${Buffer.from(`${options.auth.username}:${options.auth.password}`).toString('base64')}` } : {};
  try {
    const reply = await axiosSend({ baseUrl: origin })({
      method: options.method as HttpRequest['method'], path: pathname + search, headers: { ...(options.headers as Record<string, string>), ...auth },
      ...(options.body === undefined || emptyObject(options.body) ? {} : { body: options.body as string }), ...(options.timeout === undefined ? {} : { timeoutMs: options.timeout }),
      ...(options.encoding === 'arraybuffer' ? { want: 'bytes' as const } : {}),
    });
    // Unless told otherwise n8n follows redirects, throws on a bad status, decodes JSON and gives the body alone.
    if (reply.status >= 300 && reply.status < 400 && !options.disableFollowRedirect) throw new Error('n8n followed a redirect');
    if (reply.status >= 400 && !options.ignoreHttpStatusErrors) throw new Error(`n8n threw at ${reply.status}`);
    const body: unknown = options.encoding === 'arraybuffer' ? reply.bytes : options.encoding === 'text' ? reply.text : JSON.parse(reply.text);
    return options.returnFullResponse ? { statusCode: reply.status, statusMessage: reply.reason, headers: reply.headers, body } : (body as object);
  } catch (error) {
    if (!isSendFailure(error)) throw error;
    const codes = { refused: 'ECONNREFUSED', unresolved: 'ENOTFOUND', reset: 'ECONNRESET', timeout: 'ECONNABORTED', tls: 'CERT_HAS_EXPIRED' };
    throw new NodeApiError(node, Object.assign(new Error(error.message), { code: codes[error.reason] }) as never);
  }
}

const applies = (field: INodeProperties, values: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(field.displayOptions?.show ?? {}).every(([name, wanted]) => (wanted as unknown[]).includes(values[name]));

function withDefaults(properties: readonly INodeProperties[], given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const values: Record<string, unknown> = { ...given };
  for (const field of properties) if (!(field.name in values) && applies(field, values)) values[field.name] = field.default;
  return values;
}

function extract(value: unknown, field: INodeProperties | undefined): unknown {
  if (typeof value !== 'object' || value === null || !('__rl' in value || 'mode' in value)) return value;
  const { mode, value: inner } = value as { mode: string; value: unknown };
  const regex = field?.modes?.find(({ name }) => name === mode)?.extractValue?.regex;
  return typeof regex === 'string' ? new RegExp(regex).exec(String(inner))?.[1] : inner;
}

/** What a node's code sees of n8n. */
export function context(nodeType: INodeType, { items, credentials = {}, continueOnFail = false, retryOnFail = false, files = {} }: Around): IExecuteFunctions & ILoadOptionsFunctions {
  const { properties, name } = nodeType.description;
  const node = { id: '1', name: nodeType.description.displayName, type: `n8n-nodes-leadlight.${name}`, typeVersion: 1, position: [0, 0], parameters: {}, retryOnFail } as INode;
  const values = items.map((one) => withDefaults(properties, one));
  const parameter = (key: string, index: number, fallback?: unknown, options?: { extractValue?: boolean }): unknown => {
    const value = values[index]?.[key] ?? fallback;
    const field = properties.find((one) => one.name === key && one.modes);
    return options?.extractValue ? extract(value, field) : value;
  };
  const self = {
    getNode: () => node,
    getInputData: () => items.map(() => ({ json: {} })),
    continueOnFail: () => continueOnFail,
    getCredentials: async () => credentials,
    getNodeParameter: (key: string, index: unknown, third?: unknown, fourth?: unknown) =>
      typeof index === 'number' ? parameter(key, index, third, fourth as never) : parameter(key, 0, index, third as never),
    helpers: {
      assertBinaryData: (_index: number, field: string) => ({ fileName: files[field]!.fileName, mimeType: 'application/octet-stream' }),
      getBinaryDataBuffer: async (_index: number, field: string) => files[field]!.bytes,
      prepareBinaryData: async (data: unknown, fileName: string, mimeType?: string) => {
        // n8n stores buffers and streams, nothing else.
        if (!Buffer.isBuffer(data)) throw new Error('n8n would not store this');
        return { data: data.toString('base64'), fileName, mimeType: mimeType ?? 'application/octet-stream', bytes: data.length };
      },
      httpRequestWithAuthentication: async (credential: string, options: IHttpRequestOptions) => {
        const type = registered.find(({ one }) => one.name === credential);
        if (!type) throw new Error(`no credential ${credential}`);
        return exchange(node, await signed(type.one, credentials, options));
      },
    },
  };
  return self as never;
}

/** Runs a node over items and gives what leaves it. */
export async function run(nodeType: INodeType, around: Around): Promise<INodeExecutionData[]> {
  const [out] = (await nodeType.execute!.call(context(nodeType, around))) as INodeExecutionData[][];
  noteExecuted(nodeType, around.items, out!.map(({ json }) => json));
  return out!;
}

/** The json of the only item. */
export async function only(nodeType: INodeType, parameters: Readonly<Record<string, unknown>>, credentials?: Readonly<Record<string, unknown>>): Promise<IDataObject> {
  const out = await run(nodeType, { items: [parameters], ...(credentials ? { credentials } : {}) });
  expect(out).toHaveLength(1);
  return out[0]!.json;
}

/** What a run ends with when it does not succeed. */
export async function failed(running: Promise<unknown>): Promise<{ readonly name: string; readonly message: string; readonly description?: string; readonly context: Record<string, unknown>; readonly httpCode?: string }> {
  return running.then(() => Promise.reject(new Error('it worked')), (error: unknown) => error as never);
}

/** A picked value, as n8n keeps it. */
export const pick = (mode: string, value: string) => ({ __rl: true, mode, value });
