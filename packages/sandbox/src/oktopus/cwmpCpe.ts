// What a CPE answers to a CWMP envelope. Read with saxes, strict and with namespaces, so that a client that does not escape is found out.
import { SaxesParser } from 'saxes';
import { create, remove } from './uspAgent.ts';
import { cast, tableAt, type OktopusDevice } from './state.ts';

interface Node { readonly name: string; readonly type: string; readonly children: Node[]; text: string }

/** The envelope as a tree of local names, or null where a CPE gives up. */
export function parseSoap(source: string): Node | null {
  const parser = new SaxesParser({ xmlns: true });
  const root: Node = { name: '', type: '', children: [], text: '' };
  const stack = [root];
  let broken = false;
  parser.on('error', () => (broken = true));
  parser.on('opentag', ({ local, attributes }) => {
    const type = Object.values(attributes).find((one) => one.local === 'type' && one.uri === 'http://www.w3.org/2001/XMLSchema-instance')?.value ?? '';
    const node: Node = { name: local, type, children: [], text: '' };
    stack.at(-1)!.children.push(node);
    stack.push(node);
  });
  parser.on('text', (text) => (stack.at(-1)!.text += text));
  parser.on('cdata', (text) => (stack.at(-1)!.text += text));
  parser.on('closetag', () => void stack.pop());
  try {
    parser.write(source).close();
  } catch {
    return null;
  }
  return broken ? null : (root.children[0] ?? null);
}

const under = (node: Node | undefined, name: string): Node | undefined => node?.children.find((one) => one.name === name);
const escape = (text: string): string => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);
const wire = (value: string | number | boolean): string => (typeof value === 'boolean' ? (value ? '1' : '0') : String(value));

/** An envelope as CPEs write it: other prefixes than ours, line breaks, an ID that repeats the request's. */
export const soap = (id: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cwmp="urn:dslforum-org:cwmp-1-0">\n<SOAP-ENV:Header><cwmp:ID SOAP-ENV:mustUnderstand="1">${escape(id)}</cwmp:ID></SOAP-ENV:Header>\n<SOAP-ENV:Body>${body}</SOAP-ENV:Body>\n</SOAP-ENV:Envelope>\n`;

const fault = (code: number, text: string, named: readonly { readonly path: string; readonly code: number; readonly text: string }[] = []): string =>
  `<SOAP-ENV:Fault><faultcode>Client</faultcode><faultstring>CWMP fault</faultstring><detail><cwmp:Fault><FaultCode>${code}</FaultCode><FaultString>${text}</FaultString>${named.map((one) => `<SetParameterValuesFault><ParameterName>${escape(one.path)}</ParameterName><FaultCode>${one.code}</FaultCode><FaultString>${escape(one.text)}</FaultString></SetParameterValuesFault>`).join('')}</cwmp:Fault></detail></SOAP-ENV:Fault>`;

function values(device: OktopusDevice, method: Node): string {
  const wanted = under(method, 'ParameterNames')?.children.map(({ text }) => text) ?? [];
  const found = new Map<string, string>();
  for (const path of wanted) {
    const hits = [...device.tree.keys()].filter((one) => one === path || ((path === '' || path.endsWith('.')) && one.startsWith(path)));
    if (hits.length === 0) return fault(9005, 'Invalid parameter name');
    for (const one of hits) {
      const { value, type, hidden } = device.tree.get(one)!;
      found.set(one, `<ParameterValueStruct><Name>${escape(one)}</Name><Value xsi:type="${type}">${hidden ? '' : escape(wire(value))}</Value></ParameterValueStruct>`);
    }
  }
  return `<cwmp:GetParameterValuesResponse><ParameterList SOAP-ENC:arrayType="cwmp:ParameterValueStruct[${found.size}]">${[...found.values()].join('')}</ParameterList></cwmp:GetParameterValuesResponse>`;
}

function names(device: OktopusDevice, method: Node): string {
  const path = under(method, 'ParameterPath')?.text ?? '';
  const next = ['1', 'true'].includes(under(method, 'NextLevel')?.text ?? '0');
  const found = new Map<string, boolean>();
  for (const [one, { writable }] of device.tree) {
    if (one !== path && !one.startsWith(path)) continue;
    const rest = one.slice(path.length);
    if (next && rest.includes('.')) found.set(path + rest.slice(0, rest.indexOf('.') + 1), tableAt(path) !== undefined);
    else found.set(one, writable);
  }
  if (found.size === 0 && !tableAt(path)) return fault(9005, 'Invalid parameter name');
  return `<cwmp:GetParameterNamesResponse><ParameterList SOAP-ENC:arrayType="cwmp:ParameterInfoStruct[${found.size}]">${[...found].map(([name, writable]) => `<ParameterInfoStruct><Name>${escape(name)}</Name><Writable>${writable ? 1 : 0}</Writable></ParameterInfoStruct>`).join('')}</ParameterList></cwmp:GetParameterNamesResponse>`;
}

function set(device: OktopusDevice, method: Node): string {
  const given = under(method, 'ParameterList')?.children.map((one) => ({ path: under(one, 'Name')?.text ?? '', value: under(one, 'Value')?.text ?? '', type: under(one, 'Value')?.type ?? '' })) ?? [];
  const wrong = given.flatMap(({ path, value, type }) => {
    const parameter = device.tree.get(path);
    if (!parameter) return [{ path, code: 9005, text: 'Invalid parameter name' }];
    if (!parameter.writable) return [{ path, code: 9008, text: 'Attempt to set a non-writable parameter' }];
    const made = cast(path, value, parameter.type);
    if (made === 'type' || type.replace(/^.*:/, 'xsd:') !== parameter.type) return [{ path, code: 9006, text: 'Invalid parameter type' }];
    // Some CPEs echo what they refuse.
    return made === 'value' ? [{ path, code: 9007, text: `Invalid parameter value '${value}'` }] : [];
  });
  if (wrong.length > 0) return fault(9003, 'Invalid arguments', wrong);
  let later = false;
  for (const { path, value } of given) {
    const parameter = device.tree.get(path)!;
    if (device.deferred.has(path)) later = true;
    else if (!device.stubborn.has(path)) parameter.value = (cast(path, value, parameter.type) as { value: typeof parameter.value }).value;
  }
  return `<cwmp:SetParameterValuesResponse><Status>${later ? 1 : 0}</Status></cwmp:SetParameterValuesResponse>`;
}

/** One request carried out by the CPE; null when it cannot read it and ends the session. @example answer(device, envelope, () => undefined) */
export function answer(device: OktopusDevice, source: string, restart: (reset: boolean) => void): string | null {
  const envelope = parseSoap(source);
  const method = under(envelope ?? undefined, 'Body')?.children[0];
  if (!method) return null;
  const id = under(under(envelope!, 'Header'), 'ID')?.text ?? '';
  const text = (name: string): string => under(method, name)?.text ?? '';
  const say = (body: string): string => soap(id, body);
  switch (method.name) {
    case 'GetParameterValues': return say(values(device, method));
    case 'GetParameterNames': return say(names(device, method));
    case 'SetParameterValues': return say(set(device, method));
    case 'AddObject': {
      const object = create(device, text('ObjectName'));
      return say(object ? `<cwmp:AddObjectResponse><InstanceNumber>${/(\d+)\.$/.exec(object)![1]}</InstanceNumber><Status>0</Status></cwmp:AddObjectResponse>` : fault(9005, 'Invalid parameter name'));
    }
    case 'DeleteObject': return say(remove(device, text('ObjectName')) ? '<cwmp:DeleteObjectResponse><Status>0</Status></cwmp:DeleteObjectResponse>' : fault(9005, 'Invalid parameter name'));
    case 'Reboot':
    case 'FactoryReset':
      restart(method.name === 'FactoryReset');
      return say(`<cwmp:${method.name}Response/>`);
    case 'Download':
      device.downloads.push(text('URL'));
      return say('<cwmp:DownloadResponse><Status>1</Status><StartTime>0001-01-01T00:00:00Z</StartTime><CompleteTime>0001-01-01T00:00:00Z</CompleteTime></cwmp:DownloadResponse>');
    default: return say(fault(9000, 'Method not supported'));
  }
}
