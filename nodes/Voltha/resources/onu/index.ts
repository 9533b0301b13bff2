import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { activeAlarms } from './activeAlarms.ts';
import { changeProfile } from './changeProfile.ts';
import { deleteOnu } from './delete.ts';
import { deprovision } from './deprovision.ts';
import { disable } from './disable.ts';
import { enable } from './enable.ts';
import { forgetOpticalHistory } from './forgetOpticalHistory.ts';
import { get } from './get.ts';
import { getDetails } from './getDetails.ts';
import { getImageProgress } from './getImageProgress.ts';
import { getImages } from './getImages.ts';
import { getMany } from './getMany.ts';
import { getService } from './getService.ts';
import { opticalHistory } from './opticalHistory.ts';
import { provision } from './provision.ts';
import { readOpticalPower } from './readOpticalPower.ts';
import { reboot } from './reboot.ts';
import { resume } from './resume.ts';
import { scanPon } from './scanPon.ts';
import { suspend } from './suspend.ts';
import { upgradeImage } from './upgradeImage.ts';

export const onu: Resource<HubClient> = {
  value: 'onu',
  name: 'ONU',
  operations: [
    get, activeAlarms, changeProfile, deprovision, disable, enable, deleteOnu,
    forgetOpticalHistory, getDetails, getImageProgress, getImages, getMany, getService, opticalHistory,
    provision, readOpticalPower, reboot, resume, scanPon, suspend, upgradeImage,
  ],
};
