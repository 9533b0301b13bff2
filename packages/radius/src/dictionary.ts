/** How the value of an attribute is written on the wire. */
export type Kind = 'text' | 'integer' | 'ipv4' | 'ipv6' | 'prefix6' | 'octets' | 'time';
export interface Definition {
  readonly type: number;
  readonly kind: Kind;
  /** IANA enterprise number of the vendor; absent for the standard ones. */
  readonly vendor?: number;
  /** Carries an RFC 2868 tag octet; written `Name:1`. */
  readonly tagged?: boolean;
}
const own = (vendor: number, type: number, kind: Kind = 'text', tagged = false): Definition => ({ vendor, type, kind, ...(tagged ? { tagged } : {}) });
const std = (type: number, kind: Kind = 'text'): Definition => ({ type, kind });

const MIKROTIK = 14988;
const WISPR = 14122;
const JUNIPER = 4874;
const NOKIA = 6527;
const HUAWEI = 2011;

/** The attributes this client names. Anything else is read as `Attr-<vendor>/<type>` in hex and cannot be sent. */
export const dictionary: Readonly<Record<string, Definition>> = {
  'User-Name': std(1), 'User-Password': std(2, 'octets'), 'CHAP-Password': std(3, 'octets'), 'NAS-IP-Address': std(4, 'ipv4'), 'NAS-Port': std(5, 'integer'), 'Service-Type': std(6, 'integer'),
  'Framed-IP-Address': std(8, 'ipv4'), 'Filter-Id': std(11), 'Reply-Message': std(18), 'State': std(24, 'octets'), 'Class': std(25, 'octets'),
  'Session-Timeout': std(27, 'integer'), 'Called-Station-Id': std(30), 'Calling-Station-Id': std(31), 'NAS-Identifier': std(32), 'Proxy-State': std(33, 'octets'),
  'Acct-Status-Type': std(40, 'integer'), 'Acct-Input-Octets': std(42, 'integer'), 'Acct-Output-Octets': std(43, 'integer'), 'Acct-Session-Id': std(44),
  'Acct-Session-Time': std(46, 'integer'), 'Acct-Terminate-Cause': std(49, 'integer'), 'Acct-Input-Gigawords': std(52, 'integer'), 'Acct-Output-Gigawords': std(53, 'integer'),
  'Event-Timestamp': std(55, 'time'), 'CHAP-Challenge': std(60, 'octets'), 'Message-Authenticator': std(80, 'octets'), 'Acct-Interim-Interval': std(85, 'integer'), 'NAS-Port-Id': std(87), 'Framed-Pool': std(88),
  'NAS-IPv6-Address': std(95, 'ipv6'), 'Framed-IPv6-Prefix': std(97, 'prefix6'), 'Error-Cause': std(101, 'integer'), 'Delegated-IPv6-Prefix': std(123, 'prefix6'),
  'Mikrotik-Rate-Limit': own(MIKROTIK, 8), 'Mikrotik-Address-List': own(MIKROTIK, 19),
  'Cisco-AVPair': own(9, 1),
  'WISPr-Bandwidth-Max-Up': own(WISPR, 7, 'integer'), 'WISPr-Bandwidth-Max-Down': own(WISPR, 8, 'integer'),
  'ERX-Qos-Profile-Name': own(JUNIPER, 26), 'ERX-Service-Activate': own(JUNIPER, 65, 'text', true), 'ERX-Service-Deactivate': own(JUNIPER, 66),
  'ERX-CoS-Shaping-Pmt-Type': own(JUNIPER, 108), 'ERX-Cos-Shaping-Rate': own(JUNIPER, 177), 'ERX-Ingress-Policy-Name': own(JUNIPER, 10), 'ERX-Egress-Policy-Name': own(JUNIPER, 11),
  'Alc-Subsc-Prof-Str': own(NOKIA, 12), 'Alc-SLA-Prof-Str': own(NOKIA, 13), 'Alc-Subscriber-QoS-Override': own(NOKIA, 126),
  'Huawei-Input-Average-Rate': own(HUAWEI, 2, 'integer'), 'Huawei-Output-Average-Rate': own(HUAWEI, 5, 'integer'), 'Huawei-Qos-Profile-Name': own(HUAWEI, 31),
};

const byNumber = new Map(Object.entries(dictionary).map(([name, definition]) => [`${definition.vendor ?? 0}/${definition.type}`, { name, ...definition }]));

/** @example attributeByNumber(14988, 8)?.name // 'Mikrotik-Rate-Limit' */
export function attributeByNumber(vendor: number, type: number): (Definition & { readonly name: string }) | undefined {
  return byNumber.get(`${vendor}/${type}`);
}

/** RFC 5176 section 3.5. */
const CAUSES: Readonly<Record<number, string>> = {
  201: 'Residual-Context-Removed', 202: 'Invalid-EAP-Packet', 401: 'Unsupported-Attribute', 402: 'Missing-Attribute', 403: 'NAS-Identification-Mismatch',
  404: 'Invalid-Request', 405: 'Unsupported-Service', 406: 'Unsupported-Extension', 407: 'Invalid-Attribute-Value', 501: 'Administratively-Prohibited',
  502: 'Proxy-Request-Not-Routable', 503: 'Session-Context-Not-Found', 504: 'Session-Context-Not-Removable', 505: 'Proxy-Processing-Error',
  506: 'Resources-Unavailable', 507: 'Request-Initiated', 508: 'Multiple-Session-Selection-Unsupported',
};

/** @example errorCauseName(503) // 'Session-Context-Not-Found' */
export function errorCauseName(cause: number): string {
  return CAUSES[cause] ?? `Error-Cause-${cause}`;
}
