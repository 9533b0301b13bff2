import type { LocalText } from '../catalog/catalog.ts';
import type { DropFacts } from './drop.ts';
import type { MaxSpeed } from './maxSpeed.ts';

export type ServiceAvailability = 'available' | 'availableNeedsBox' | 'occupied' | 'planned' | 'notCovered';

export interface QualificationFacts {
  /** The drop at the address, or null when no fibre was found there. */
  readonly drop: Pick<DropFacts, 'state' | 'maxDownMbps' | 'zone'> | null;
  /** What the network can carry there; left out, the drop's own column counts. */
  readonly speed?: Pick<MaxSpeed, 'downMbps' | 'because'>;
  /** The expansion zone the address lies in, if any. */
  readonly plannedZone?: string | null;
  /** The order that asks: its own hold does not stand in its way. */
  readonly heldByThisOrder?: boolean;
}

export interface ServiceQualification {
  readonly type: 'qualified';
  /** For staff. */
  readonly availability: ServiceAvailability;
  /** For the public: an occupied port would tell that a household is a customer, so it reads `contactUs`. */
  readonly publicAvailability: 'available' | 'availableNeedsBox' | 'planned' | 'notCovered' | 'contactUs';
  readonly canOrder: boolean;
  /** What a visitor may do instead (S1-151…153). */
  readonly otherChoices: readonly ('notify' | 'phoneOnly' | 'business')[];
  readonly maxDownMbps?: number;
  readonly zone?: string;
  readonly message: LocalText;
  readonly because: readonly string[];
}

const NOT_YET: LocalText = {
  fr: "La fibre n'est pas encore disponible à votre adresse",
  en: 'Fibre is not yet available at your address',
};
const MESSAGES: Readonly<Record<ServiceQualification['publicAvailability'], LocalText>> = {
  available: { fr: 'La fibre est disponible à votre adresse', en: 'Fibre is available at your address' },
  availableNeedsBox: {
    fr: "La fibre passe à votre adresse; un boîtier doit être posé avant l'installation. Laissez-nous vos coordonnées",
    en: 'Fibre passes your address; a terminal must be built before installation. Leave us your details',
  },
  planned: { fr: `${NOT_YET.fr}, mais votre secteur est prévu`, en: `${NOT_YET.en}, but your area is planned` },
  notCovered: NOT_YET,
  contactUs: { fr: 'Contactez-nous pour connaître les options à cette adresse', en: 'Contact us for the options at this address' },
};

/**
 * What can be sold at an address (S1-025), with the sentence for the visitor in both languages (S1-150). The public half never says
 * port, terminal or whether a neighbour is a customer.
 * @example qualifyService({ drop: null }).message.fr // "La fibre n'est pas encore disponible à votre adresse"
 */
export function qualifyService({ drop, speed, plannedZone, heldByThisOrder }: QualificationFacts): ServiceQualification {
  const answer = (availability: ServiceAvailability, ...because: string[]): ServiceQualification => {
    const open = availability === 'occupied' ? 'contactUs' : availability;
    return {
      type: 'qualified',
      availability,
      publicAvailability: open,
      canOrder: availability === 'available',
      otherChoices: availability === 'available' ? [] : ['notify', 'phoneOnly', 'business'],
      ...(drop && (availability === 'available' || availability === 'availableNeedsBox') ? { maxDownMbps: speed?.downMbps ?? drop.maxDownMbps, zone: drop.zone } : {}),
      message: MESSAGES[open],
      because,
    };
  };
  if (!drop) return plannedZone ? answer('planned', `no drop; the address lies in expansion zone ${plannedZone}`) : answer('notCovered', 'no drop at this address');
  // A drop on a line that can carry nothing more is as good as taken.
  if (speed?.downMbps === 0 && (drop.state === 'free' || drop.state === 'boxMissing')) return answer('occupied', ...speed.because);
  switch (drop.state) {
    case 'free':
      return answer('available', 'the drop is free', ...(speed?.because ?? []));
    case 'held':
    case 'reserved':
      return heldByThisOrder ? answer('available', 'the drop is held for this very order') : answer('occupied', `the drop is ${drop.state} for another order`);
    case 'boxMissing':
      return answer('availableNeedsBox', 'the drop exists, its terminal is not built');
    default:
      return answer('occupied', 'an ONT is installed on the drop');
  }
}
