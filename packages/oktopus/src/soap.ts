import type { HttpReply, VendorErrorKind } from '../../../core/src/index.ts';
import { failure } from './errors.ts';
import { child, childrenOf, escapeXml, readXml, textOf, type XmlElement } from './xml.ts';

/** An element of an envelope to be: a name, attributes as written, and either text or more elements. */
export interface Part { readonly name: string; readonly attributes?: string; readonly content: string | number | readonly Part[] }

const render = ({ name, attributes, content }: Part): string => `<${name}${attributes ? ` ${attributes}` : ''}>${typeof content === 'object' ? content.map(render).join('') : escapeXml(String(content))}</${name}>`;

/**
 * A CWMP request as Oktopus hands it to the device, unread and unchanged: everything in it is escaped here.
 * @example envelope('ll-1', 'Reboot', [{ name: 'CommandKey', content: 'ord_1' }])
 */
export function envelope(id: string, method: string, parts: readonly Part[]): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cwmp="urn:dslforum-org:cwmp-1-0">' +
    `<soap:Header><cwmp:ID soap:mustUnderstand="1">${escapeXml(id)}</cwmp:ID></soap:Header><soap:Body>${render({ name: `cwmp:${method}`, content: parts })}</soap:Body></soap:Envelope>`
  );
}

/** A list in SOAP's array form. @example array('ParameterNames', 'xsd:string', names.map((content) => ({ name: 'string', content }))) */
export const array = (name: string, type: string, items: readonly Part[]): Part => ({ name, attributes: `soapenc:arrayType="${type}[${items.length}]"`, content: items });

/** CWMP's words; the device's own are not repeated, since some echo the value they refuse. */
const WORDS: Readonly<Record<number, string>> = {
  9000: 'method not supported', 9001: 'request denied', 9002: 'internal error', 9003: 'invalid arguments', 9004: 'resources exceeded', 9005: 'invalid parameter name', 9006: 'invalid parameter type', 9007: 'invalid parameter value', 9008: 'parameter is read-only', 9009: 'notification request rejected',
  9010: 'download failure', 9011: 'upload failure', 9012: 'file transfer server authentication failure', 9013: 'unsupported protocol for file transfer', 9016: 'file transfer server unreachable', 9017: 'file not accessible', 9018: 'transfer incomplete', 9019: 'file corrupted', 9020: 'file authentication failure',
};

function kindOf(code: number): VendorErrorKind {
  if (code === 9001) return 'unauthorised';
  if (code === 9004) return 'exhausted';
  if (code === 9005) return 'notFound';
  if (code === 9002) return 'unavailable';
  return 'rejectedInput';
}

/**
 * The response element of a CWMP call. A Fault arrives with HTTP 200 too and becomes a failure that names the parameters; a response of
 * another kind is not ours.
 * @throws VendorError
 */
export function readSoap(reply: HttpReply, operation: string, method: string, write: boolean, asked: readonly string[] = []): XmlElement {
  let root: XmlElement;
  try {
    root = readXml(reply.text);
  } catch (error) {
    throw failure(operation, {
      kind: /^\s*</.test(reply.text) && !/<html/i.test(reply.text) ? 'unavailable' : 'unexpectedReply', status: reply.status, outcome: write ? 'unknown' : 'notApplied',
      message: `The answer to ${operation} is not a whole SOAP envelope: ${(error as Error).message}.`, hint: 'It was cut or altered on its way, or the device writes broken XML. Read the device before repeating a write.',
    });
  }
  const body = child(root, 'Body');
  const fault = child(body, 'Fault');
  if (fault) throw cwmpFault(operation, fault, asked);
  const response = child(body, `${method}Response`);
  if (!response) {
    throw failure(operation, {
      kind: 'unexpectedReply', reason: 'foreignReply', status: reply.status, outcome: write ? 'unknown' : 'notApplied',
      message: `${/^\w{1,40}$/.test(body?.children[0]?.name ?? '') ? body!.children[0]!.name : 'Something else'} came where ${method}Response was expected.`, hint: 'Is this an Oktopus controller? Read the device before repeating a write.',
    });
  }
  return response;
}

function cwmpFault(operation: string, fault: XmlElement, asked: readonly string[]) {
  const inner = child(child(fault, 'detail'), 'Fault');
  const code = Number(textOf(inner, 'FaultCode') || 9002);
  const named = childrenOf(inner, 'SetParameterValuesFault').map((one) => {
    const each = Number(textOf(one, 'FaultCode') || code);
    return { path: textOf(one, 'ParameterName'), code: each, message: WORDS[each] ?? 'device error' };
  });
  // A fault about names carries none of them: it is about one of those asked for.
  const parameters = named.length > 0 ? named : code === 9005 ? asked.map((path) => ({ path, code, message: WORDS[code]! })) : [];
  const first = parameters[0];
  const kinds = new Set((code === 9003 && first ? parameters.map((one) => one.code) : [code]).map(kindOf));
  return failure(operation, {
    kind: kinds.size === 1 ? [...kinds][0]! : 'rejectedInput', reason: 'cwmpFault', status: 200,
    message: `The device refused the request (CWMP ${code}, ${WORDS[code] ?? 'device error'})${first ? `: ${first.path} (${first.code}, ${first.message})` : ''}.`,
    hint: named.length > 0 ? 'Correct the parameters named in the details; nothing was changed.' : code === 9005 ? 'One of the names in the details does not exist on this device; nothing was changed.' : 'Nothing was changed. The number is the fault code of TR-069.',
    detail: { code, parameters },
  });
}
