import type { VendorError } from '../../../core/src/index.ts';
import type { Channel } from './channel.ts';
import { DEADLINES } from './device.ts';
import { failed, type Lookup } from './lookup.ts';

export interface ImageWanted {
  /** The maker's version text: the sole name of an image. */
  readonly version: string;
  /** `http://…` as the ONU adapter reaches it. */
  readonly url: string;
  /** Maker, when the adapter shall compare it. */
  readonly vendor?: string;
  /** Of the file; 0 or left out is not checked. */
  readonly crc32?: number;
  readonly activateOnSuccess?: boolean;
  readonly commitOnSuccess?: boolean;
}
/** How far one ONU is with one image. `next` says what is to be done. */
export interface ImageProgress {
  readonly serial: string;
  readonly version: string;
  readonly downloadState: string;
  readonly imageState: string;
  readonly reason: string;
  readonly next: 'wait' | 'activate' | 'commit' | 'done' | 'download';
}
export interface OnuImage {
  readonly version: string;
  readonly committed: boolean;
  readonly active: boolean;
  readonly valid: boolean;
  readonly productCode: string;
}
interface Answered {
  readonly device_image_states: readonly { readonly device_id: string; readonly imageState: { readonly version: string; readonly download_state: string | number; readonly reason: string | number; readonly image_state: string | number } | null }[];
}

const REASONS: Readonly<Record<string, string>> = {
  INVALID_URL: 'The adapter cannot fetch the file there, or knows this version from another address: abort that one first.',
  DEVICE_BUSY: 'Another upgrade of this ONU is running; ask for its state.',
  INSUFFICIENT_SPACE: 'The adapter has no room for images; abort old ones.',
  VENDOR_DEVICE_MISMATCH: 'The image is of another maker.',
  OMCI_TRANSFER_ERROR: 'The transfer broke off. Read the optical level, then download again.',
  IMAGE_REFUSED_BY_ONU: 'The ONU does not take this file: is it made for its hardware?',
  CANCELLED_ON_ONU_STATE: 'The ONU went off meanwhile.',
  CANCELLED_ON_REQUEST: 'Somebody aborted it.',
};
const BAD = /FAILED|UNSUPPORTED|ABORTED|ABORTING|CANCELLED|CANCELLING/;

/** What comes after this state. @example nextStep('DOWNLOAD_SUCCEEDED', 'IMAGE_INACTIVE') // 'activate' */
export function nextStep(download: string, image: string): ImageProgress['next'] {
  if (image === 'IMAGE_COMMITTED') return 'done';
  if (image === 'IMAGE_ACTIVE') return 'commit';
  if (image === 'IMAGE_ACTIVATING' || image === 'IMAGE_COMMITTING' || image === 'IMAGE_DOWNLOADING' || download === 'DOWNLOAD_STARTED' || download === 'DOWNLOAD_REQUESTED') return 'wait';
  return download === 'DOWNLOAD_SUCCEEDED' ? 'activate' : 'download';
}

/** Software of ONUs: download, activate, commit, each confirmed by the state VOLTHA gives afterwards (contract 14). @example await images(channel, lookup(channel)).status('ALPHe3d1cfab', 'V2') */
export function images(channel: Channel, { find }: Lookup) {
  async function step(call: string, operation: string, serial: string, version: string, request: object): Promise<ImageProgress> {
    const device = await find(serial, operation);
    const write = call !== 'GetImageStatus';
    const { device_image_states: states } = await channel.call<Answered>(call, { device_id: [{ id: device.id }], ...request }, { deadlineMs: DEADLINES.image, write });
    const state = states.find((one) => one.device_id === device.id)?.imageState;
    const [downloadState, imageState, reason] = [state?.download_state, state?.image_state, state?.reason].map((one) => String(one ?? 'no state'));
    const progress = { serial: device.serial_number, version: state?.version || version, downloadState: downloadState!, imageState: imageState!, reason: reason!, next: nextStep(downloadState!, imageState!) };
    // Errors ride inside an OK answer, one per device. An abort that was asked for is not one.
    const bad = !state || (call !== 'AbortImageUpgradeToDevice' && (BAD.test(downloadState!) || BAD.test(imageState!) || reason !== 'NO_ERROR'));
    if (!bad) return progress;
    throw failed(operation, {
      kind: reason === 'DEVICE_BUSY' ? 'conflict' : reason === 'INVALID_URL' || reason === 'VENDOR_DEVICE_MISMATCH' ? 'rejectedInput' : 'unexpectedReply',
      message: `Image ${version} on ONU ${device.serial_number}: ${downloadState}, ${imageState}, ${reason}.`,
      hint: REASONS[reason!] ?? 'Does the ONU know this image? List its images and read the adapter’s log.',
      detail: { cause: 'imageFailed', downloadState: downloadState!, imageState: imageState!, reason: reason! },
    });
  }
  /** After silence the state is read; a step that shows there was taken. */
  async function settled(write: () => Promise<ImageProgress>, look: () => Promise<ImageProgress>, taken: (now: ImageProgress) => boolean): Promise<ImageProgress> {
    try {
      return await write();
    } catch (error) {
      if ((error as VendorError).outcome !== 'unknown') throw error;
      const now = await look().catch(() => undefined);
      if (now && taken(now)) return now;
      throw error;
    }
  }
  const status = (serial: string, version: string): Promise<ImageProgress> => step('GetImageStatus', 'images.status', serial, version, { version });

  return {
    status,
    /**
     * Starts the download; minutes later `status` says `activate`.
     * @throws VendorError rejectedInput for anything but an http address (nothing is sent: the ONU adapter refuses https), and for what the ONU's adapter says about this ONU.
     */
    async download(serial: string, { version, url, vendor = '', crc32 = 0, activateOnSuccess = false, commitOnSuccess = false }: ImageWanted): Promise<ImageProgress> {
      if (!/^http:\/\/[^\s/@]+\/\S+$/i.test(url)) {
        throw failed('images.download', { kind: 'rejectedInput', message: `The address of image ${version} is not a plain http address.`, hint: 'Put the file on an http server that the ONU adapter reaches; https and addresses with a user name are not taken.', detail: { cause: 'imageUrl' } });
      }
      const image = { name: version, version, url, vendor, crc32 };
      const write = () => step('DownloadImageToDevice', 'images.download', serial, version, { image, activateOnSuccess, commitOnSuccess });
      return settled(write, () => status(serial, version), (now) => now.next !== 'download');
    },
    /** Reboots the ONU into the image; `status` then says `commit`. Not committed, the next reboot falls back. */
    activate: (serial: string, version: string, commitOnSuccess = false) =>
      settled(() => step('ActivateImage', 'images.activate', serial, version, { version, commitOnSuccess }), () => status(serial, version), (now) => now.imageState === 'IMAGE_ACTIVATING' || now.next === 'commit' || now.next === 'done'),
    commit: (serial: string, version: string) =>
      settled(() => step('CommitImage', 'images.commit', serial, version, { version }), () => status(serial, version), (now) => now.imageState === 'IMAGE_COMMITTING' || now.next === 'done'),
    /** Stops what is running and forgets the file in the adapter. */
    abort: (serial: string, version: string) => step('AbortImageUpgradeToDevice', 'images.abort', serial, version, { version }),
    /** Both images of the ONU, read by OMCI now. */
    async list(serial: string): Promise<readonly OnuImage[]> {
      const device = await find(serial, 'images.list');
      const { items } = await channel.call<{ items: readonly { version: string; isCommited: boolean; isActive: boolean; isValid: boolean; productCode: string }[] }>('GetOnuImages', { id: device.id }, { deadlineMs: DEADLINES.optical });
      return items.map((one) => ({ version: one.version, committed: one.isCommited, active: one.isActive, valid: one.isValid, productCode: one.productCode }));
    },
  };
}
