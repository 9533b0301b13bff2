import type { AcsDeviceFacts, AcsManagement, AcsProblem, AcsWhereabouts } from '../../../../core/src/index.ts';
import type { AcsWriter } from './api.ts';

export type Root = 'InternetGatewayDevice' | 'Device';
/** What the old ACS knows; whether the new one knows the serial is asked there. */
export type OldFacts = Omit<AcsDeviceFacts, 'inNew'> & { readonly root: Root };
export type Sent = { readonly outcome: 'applied' | 'waiting' | 'unknown' } | { readonly outcome: 'refused'; readonly problem: AcsProblem };

/** What every CPE gets before the URL. The password is a secret of this program. */
export interface NewSettings {
  readonly intervalSeconds: number;
  readonly connectionRequestUsername: string;
  readonly connectionRequestPassword: string;
  /** What the CPE shows to the new ACS, when that asks for it. */
  readonly username?: string;
  readonly password?: string;
}
export interface DeviceRef { readonly deviceId: string; readonly serial: string; readonly root: Root }

/** What a migration needs of the ACS that devices leave. All may throw VendorError; a missing device is null or nothing to do. */
export interface OldAcs {
  /** Every device in scope, without waking any. */
  inventory(scope: { readonly tag?: string; readonly productClass?: string; readonly serials?: readonly string[] }): Promise<readonly OldFacts[]>;
  /** One device now; its URL is read from the CPE when nobody ever did. */
  facts(device: DeviceRef): Promise<OldFacts | null>;
  /** Presets that would write ManagementServer on devices with the tag. */
  writers(tag: string): Promise<readonly AcsWriter[]>;
  /** Tags, then sets all but the URL in one task. */
  prepare(device: DeviceRef, key: string, tag: string, settings: NewSettings): Promise<Sent>;
  /** Asks the CPE itself; null when it does not answer. */
  confirm(device: DeviceRef, key: string): Promise<AcsManagement | null>;
  /** The URL, alone, in one task that is sent once. */
  switchUrl(device: DeviceRef, key: string, url: string): Promise<Sent>;
  whereabouts(device: DeviceRef, switchKey: string): Promise<Omit<AcsWhereabouts, 'inNew'>>;
  /** Takes the waiting or faulted switch back; true when there was one. */
  cancel(device: DeviceRef, switchKey: string): Promise<boolean>;
  restore(device: DeviceRef, key: string, tag: string, before: AcsManagement | null): Promise<void>;
  /** Deletes the record, unless the device has informed since. */
  forget(device: DeviceRef, since: string): Promise<'deleted' | 'cameBack'>;
}

/** What a migration needs of the ACS that devices go to. */
export interface NewAcs {
  /** Serial → presence, of every device it knows. */
  presence(): Promise<ReadonlyMap<string, 'offline' | 'online'>>;
  seen(serial: string): Promise<'absent' | 'offline' | 'online'>;
  /** Asks the CPE; null when it does not answer now. */
  management(device: DeviceRef): Promise<(AcsManagement & { readonly serial: string; readonly oui: string }) | null>;
  /** The old URL, alone, sent once. */
  switchBack(device: DeviceRef, url: string): Promise<Sent>;
}
