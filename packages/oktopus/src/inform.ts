import { isSecretPath } from './redact.ts';
import { child, childrenOf, readXml, textOf } from './xml.ts';

/** What a CPE says of itself when it calls the ACS. */
export interface Inform {
  readonly manufacturer: string;
  readonly oui: string;
  readonly productClass: string;
  readonly serial: string;
  readonly events: readonly string[];
  readonly softwareVersion?: string;
  readonly ip?: string;
  /** Values of what it sent along, without secrets. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Reads the raw Inform that Oktopus passes on.
 * @throws Error that says what is wrong, without the text itself
 * @example readInform('<Envelope><Body><Inform><DeviceId><SerialNumber>A1</SerialNumber></DeviceId></Inform></Body></Envelope>').serial // 'A1'
 */
export function readInform(xml: string): Inform {
  const inform = child(child(readXml(xml), 'Body'), 'Inform');
  const id = child(inform, 'DeviceId');
  if (!id) throw new Error('an envelope without an Inform');
  const parameters: Record<string, string> = {};
  for (const one of childrenOf(child(inform, 'ParameterList'), 'ParameterValueStruct')) if (!isSecretPath(textOf(one, 'Name'))) parameters[textOf(one, 'Name')] = textOf(one, 'Value');
  const find = (pattern: RegExp): string | undefined => Object.entries(parameters).find(([path, value]) => pattern.test(path) && value !== '')?.[1];
  const softwareVersion = find(/DeviceInfo\.SoftwareVersion$/);
  const ip = find(/\.(ExternalIPAddress|IPv4Address\.\d+\.IPAddress)$/) ?? hostOf(find(/ManagementServer\.ConnectionRequestURL$/));
  return {
    manufacturer: textOf(id, 'Manufacturer'), oui: textOf(id, 'OUI'), productClass: textOf(id, 'ProductClass'), serial: textOf(id, 'SerialNumber'),
    events: childrenOf(child(inform, 'Event'), 'EventStruct').map((one) => textOf(one, 'EventCode')),
    ...(softwareVersion ? { softwareVersion } : {}), ...(ip ? { ip } : {}), parameters,
  };
}

function hostOf(url: string | undefined): string | undefined {
  return /^https?:\/\/(?:\[([0-9a-fA-F:.]+)\]|(\d{1,3}(?:\.\d{1,3}){3}))(?=[:/]|$)/.exec(url ?? '')?.slice(1).find(Boolean);
}
