// The part of Routr's Connect API (2.15, v2beta1) this client speaks, as data: no .proto files are read at run time. Fields left out are
// skipped when they arrive. test/protos.contract.test.ts compares it with the official files.
interface Field {
  readonly type: string;
  readonly id: number;
  readonly rule?: 'repeated';
}
const field = (id: number, type: string): Field => ({ id, type });
const many = (id: number, type: string): Field => ({ id, type, rule: 'repeated' });
const text = (id: number): Field => field(id, 'string');
const whole = (id: number): Field => field(id, 'int32');
const flag = (id: number): Field => field(id, 'bool');
const struct = (id: number): Field => field(id, '.google.protobuf.Struct');
/** Of this edition a field that was given is written, also when it is false, 0 or empty. As proto3 it would be left out, and Routr leaves alone what is not there. */
const message = (fields: Readonly<Record<string, Field>>) => ({ edition: '2023', fields });
const values = (...names: readonly string[]) => ({ values: Object.fromEntries(names.map((name, index) => [name, index])) });
const rpc = (requestType: string, responseType: string) => ({ requestType, responseType });
const EMPTY = '.google.protobuf.Empty';
const byRef = message({ ref: text(1) });
const page = message({ pageSize: whole(1), pageToken: text(2) });
const found = (type: string) => message({ items: many(1, type) });
const listed = (type: string) => message({ items: many(1, type), nextPageToken: text(2) });
const question = message({ fieldName: text(1), fieldValue: text(2) });

const google = {
  Empty: message({}),
  Struct: { fields: { fields: { keyType: 'string', type: 'Value', id: 1 } } },
  Value: {
    oneofs: { kind: { oneof: ['nullValue', 'numberValue', 'stringValue', 'boolValue', 'structValue', 'listValue'] } },
    fields: { nullValue: field(1, 'NullValue'), numberValue: field(2, 'double'), stringValue: text(3), boolValue: flag(4), structValue: field(5, 'Struct'), listValue: field(6, 'ListValue') },
  },
  ListValue: message({ values: many(1, 'Value') }),
  NullValue: values('NULL_VALUE'),
};

const domains = {
  Domain: message({ apiVersion: text(1), ref: text(2), name: text(3), domainUri: text(4), createdAt: whole(5), updatedAt: whole(6), extended: struct(9) }),
  CreateDomainRequest: message({ name: text(1), domainUri: text(2), extended: struct(5) }),
  UpdateDomainRequest: message({ ref: text(1), name: text(2), extended: struct(5) }),
  GetDomainRequest: byRef,
  DeleteDomainRequest: byRef,
  FindByRequest: question,
  FindByResponse: found('Domain'),
  ListDomainRequest: page,
  ListDomainsResponse: listed('Domain'),
  Domains: {
    methods: {
      Create: rpc('CreateDomainRequest', 'Domain'), Update: rpc('UpdateDomainRequest', 'Domain'), Get: rpc('GetDomainRequest', 'Domain'),
      Delete: rpc('DeleteDomainRequest', EMPTY), List: rpc('ListDomainRequest', 'ListDomainsResponse'), FindBy: rpc('FindByRequest', 'FindByResponse'),
    },
  },
};

const credentials = {
  Credentials: message({ apiVersion: text(1), ref: text(2), name: text(3), username: text(4), password: text(5), createdAt: whole(6), updatedAt: whole(7), extended: struct(8) }),
  CreateCredentialsRequest: message({ name: text(1), username: text(2), password: text(3), extended: struct(4) }),
  UpdateCredentialsRequest: message({ ref: text(1), name: text(2), username: text(3), password: text(4), extended: struct(5) }),
  GetCredentialsRequest: byRef,
  DeleteCredentialsRequest: byRef,
  ListCredentialsRequest: page,
  ListCredentialsResponse: listed('Credentials'),
  // There is no FindBy here.
  CredentialsService: {
    methods: {
      Create: rpc('CreateCredentialsRequest', 'Credentials'), Update: rpc('UpdateCredentialsRequest', 'Credentials'), Get: rpc('GetCredentialsRequest', 'Credentials'),
      Delete: rpc('DeleteCredentialsRequest', EMPTY), List: rpc('ListCredentialsRequest', 'ListCredentialsResponse'),
    },
  },
};

const DOMAIN = '.fonoster.routr.connect.domains.v2beta1.Domain';
const CREDENTIALS = '.fonoster.routr.connect.credentials.v2beta1.Credentials';
const agents = {
  Privacy: values('PRIVATE', 'NONE'),
  Agent: message({
    apiVersion: text(1), ref: text(2), name: text(3), username: text(4), privacy: field(5, 'Privacy'), enabled: flag(6), createdAt: whole(7), updatedAt: whole(8),
    domain: field(9, DOMAIN), credentials: field(10, CREDENTIALS), extended: struct(11), maxContacts: whole(12), expires: whole(13),
  }),
  CreateAgentRequest: message({ name: text(1), username: text(2), privacy: field(3, 'Privacy'), enabled: flag(4), domainRef: text(5), credentialsRef: text(6), extended: struct(7), maxContacts: whole(8), expires: whole(9) }),
  UpdateAgentRequest: message({ ref: text(1), name: text(2), privacy: field(3, 'Privacy'), enabled: flag(4), domainRef: text(5), credentialsRef: text(6), extended: struct(7), maxContacts: whole(8), expires: whole(9) }),
  GetAgentRequest: byRef,
  DeleteAgentRequest: byRef,
  FindByRequest: question,
  FindByResponse: found('Agent'),
  ListAgentsRequest: page,
  ListAgentsResponse: listed('Agent'),
  Agents: {
    methods: {
      Create: rpc('CreateAgentRequest', 'Agent'), Update: rpc('UpdateAgentRequest', 'Agent'), Get: rpc('GetAgentRequest', 'Agent'),
      Delete: rpc('DeleteAgentRequest', EMPTY), List: rpc('ListAgentsRequest', 'ListAgentsResponse'), FindBy: rpc('FindByRequest', 'FindByResponse'),
    },
  },
};

const v2beta1 = (nested: object) => ({ nested: { v2beta1: { nested } } });

/** protobufjs JSON descriptor. @example protobuf.Root.fromJSON(descriptor).lookupType('fonoster.routr.connect.agents.v2beta1.Agent') */
export const descriptor = {
  nested: {
    google: { nested: { protobuf: { nested: google } } },
    fonoster: { nested: { routr: { nested: { connect: { nested: { agents: v2beta1(agents), credentials: v2beta1(credentials), domains: v2beta1(domains) } } } } } },
  },
};

/** The three services with their calls; `Agents.FindBy` is how a call is named everywhere else. */
export const services = {
  Domains: { path: 'fonoster.routr.connect.domains.v2beta1.Domains', calls: Object.keys(domains.Domains.methods) },
  Credentials: { path: 'fonoster.routr.connect.credentials.v2beta1.CredentialsService', calls: Object.keys(credentials.CredentialsService.methods) },
  Agents: { path: 'fonoster.routr.connect.agents.v2beta1.Agents', calls: Object.keys(agents.Agents.methods) },
} as const;
