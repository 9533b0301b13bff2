import type { SearchOptions, SearchResult, StreetSeen } from '../../../availability/src/index.ts';
import type { BookAbout } from '../apiAddresses.ts';

/** A place one may ask about: a building of the public register, or premises of the operator's own list. */
export interface Place {
  /** Stands for the place inside the hub; the public gets a token instead. */
  readonly placeId: string;
  readonly label: string;
  readonly street: string;
  readonly municipality: string;
  readonly postalCode: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** `false`: in the operator's list only, the public register lacks it. */
  readonly inRegister?: false;
}
export interface PlaceCandidate extends Place {
  readonly score: number;
}
export interface PlaceResult {
  readonly match: SearchResult['match'];
  readonly candidates: readonly PlaceCandidate[];
  /** The street that is most like what was typed, where one is. */
  readonly street: StreetSeen | null;
  readonly because: readonly string[];
}
/** Where addresses are looked up, and which drops stand at each. */
export interface AddressBook {
  search(typed: string, options?: SearchOptions): Promise<PlaceResult>;
  find(placeId: string): Promise<Place | undefined>;
  dropsAt(placeId: string): readonly number[];
  /** The drops at the place a drop stands at, as far as the book knows it. */
  beside(fibreId: number): readonly number[];
  about(): BookAbout;
  /** Links or drops were written, here or by another hub: the next `refresh` reads them. */
  heard(): void;
  /** Takes up what changed: a new snapshot file, and what was heard of. Asks the database nothing when nothing was. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}
