import type { DeviceProfile } from './deviceProfile.ts';
import { raisecomHt803gW, raisecomHt803gWA, raisecomHt803gWB } from './raisecomHt803gW.ts';
import { tplinkDeco } from './tplinkDeco.ts';
import { tplinkXx230v, tplinkXx430v, tplinkXx530v } from './tplinkXx.ts';
import { tr098Base } from './tr098Base.ts';
import { tr181Base } from './tr181Base.ts';

/** The models Leadlight describes, and the two standards they stand on (acs.md 1.8 and 5). */
export const builtInProfiles: readonly DeviceProfile[] = [tr098Base, tr181Base, raisecomHt803gW, raisecomHt803gWA, raisecomHt803gWB, tplinkDeco, tplinkXx230v, tplinkXx430v, tplinkXx530v];
