// What a device model can be told, and where it stands in its parameter tree: data an operator may write himself, no code.
// deviceProfileSchema.ts says the same as JSON Schema `leadlight.device-profile/1`.
import type { Json } from '../kernel/json.ts';

/** `dump`: seen on a real device of this model. `published`: from public documents. `assumed`: by likeness to a sister model or a convention. */
export type Confidence = 'dump' | 'published' | 'assumed';
export type ParameterType = 'string' | 'boolean' | 'unsignedInt' | 'int';
export type ParameterValue = string | number | boolean;

/** Relative parameter → what it must read: a text (`${var}` is filled in, a trailing dot is nothing), a pattern, or a path to an object that itself fits. */
export interface Where {
  readonly [parameter: string]: string | { readonly regex: string } | { readonly ref: string; readonly where: Where };
}
/** An instance number in a path: found in the tree as read, or fixed by the model. */
export interface ProfileVar {
  readonly find?: { readonly object: string; readonly where: Where; readonly pick?: 'lowest' };
  /** Taken when nothing is found; only where the tree was seen on a device (`dump`). */
  readonly default?: number;
  readonly fixed?: number;
}
export interface ValueCheck {
  /** Length of a text in UTF-8 bytes, from and to. */
  readonly utf8Bytes?: readonly number[];
  /** Printable ASCII of this length, from and to. */
  readonly ascii?: readonly number[];
  /** A number, from and to. */
  readonly range?: readonly number[];
  readonly regex?: string;
}
export interface Capability {
  /** Below the root; the first that exists is taken. */
  readonly path: readonly string[];
  readonly select?: 'firstExisting';
  readonly type: ParameterType;
  /** Reads back empty on real devices: never verified by value, never shown, never put into a script. */
  readonly secret?: boolean;
  /** Where the ACS finds the secret in the hub's settings of the device, e.g. `wifi.password`. */
  readonly secretFrom?: string;
  /** Word of the wish → word of the device; what is not listed is refused. */
  readonly map?: Readonly<Record<string, ParameterValue>>;
  readonly check?: ValueCheck;
  readonly confidence?: Confidence;
}
export type MatchField = 'productClass' | 'modelName' | 'oui' | 'manufacturer' | 'serial';
export interface ProfileMatch {
  readonly all: readonly { readonly field: MatchField; readonly eq?: string; readonly regex?: string }[];
  readonly firmware?: { readonly regex: string };
  /** The highest wins; two equal ones are an ambiguity, not a choice. */
  readonly priority: number;
}
export interface DeviceProfile {
  readonly schema: 'leadlight.device-profile/1';
  readonly id: string;
  readonly extends?: string;
  readonly confidence: Confidence;
  /** A profile without it is a base: it matches no device by itself. */
  readonly match?: ProfileMatch;
  readonly root?: 'InternetGatewayDevice' | 'Device';
  readonly vars?: Readonly<Record<string, ProfileVar>>;
  readonly caps?: Readonly<Record<string, Capability>>;
  /** What a parent has and this model has not. */
  readonly unsupported?: readonly string[];
  /** Patterns such as `voip.*`: what is written first. Dangerous things always come last. */
  readonly order?: readonly string[];
  /** Written in one call or not at all. */
  readonly groups?: { readonly atomic: readonly (readonly string[])[] };
  readonly verify?: { readonly skipSecret: boolean; readonly afterMs: number };
  /** May cut the device off: written only when confirmed by name. A child cannot take one away. */
  readonly danger?: readonly string[];
  readonly actions?: Readonly<Record<string, { readonly cwmp?: string; readonly usp?: string }>>;
}

/** A profile with its parents folded in; each part remembers how sure its author was. */
export interface FlatProfile {
  readonly id: string;
  readonly lineage: readonly string[];
  readonly confidence: Confidence;
  readonly root: 'InternetGatewayDevice' | 'Device';
  readonly vars: Readonly<Record<string, ProfileVar & { readonly confidence: Confidence }>>;
  readonly caps: Readonly<Record<string, Capability & { readonly confidence: Confidence }>>;
  readonly order: readonly string[];
  readonly atomic: readonly (readonly string[])[];
  readonly verify: { readonly skipSecret: boolean; readonly afterMs: number };
  readonly danger: readonly string[];
  readonly actions: Readonly<Record<string, { readonly cwmp?: string; readonly usp?: string }>>;
}

/** The parameter tree as read, full path → what is known of it: the `parameters` of GenieACS: Get Device, or GetParameterNames and Values. */
export type DeviceFacts = Readonly<Record<string, { readonly value?: Json; readonly type?: string; readonly writable?: boolean; readonly object?: boolean }>>;

/** Capability → what it shall be; what is left out stays as it is. `null` for a secret: the hub holds it, only a script of the ACS may fetch it. */
export type DesiredState = Readonly<Record<string, ParameterValue | null>>;
