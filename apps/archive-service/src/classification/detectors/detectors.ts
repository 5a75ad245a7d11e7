import { findingKinds, type FindingKind } from '@lastcopy/contracts';
import { cardLike, isCardNumber } from './card-number.js';
import { emailLike, ibanLike, isEmail, isIban, isInternationalPhone, isPhoneShaped, phoneLike } from './contact-details.js';
import { birthDateLike, isAccount, isAddress, isAmount, isBirthDate, isHealthCode, isPersonName, isWording } from './dates-and-codes.js';
import { isDeTaxId, isEsDni, isFrNir, isItCodiceFiscale, isNlBsn, isPlPesel, isUkNino, isUsSsn } from './national-ids.js';

export interface Detector {
  kind: FindingKind;
  /** Whether a whole value is one. */
  is(text: string): boolean;
  /** The weaker test for a column whose name speaks for the kind. @default `is` */
  isNamed?(text: string): boolean;
  /** Where one may stand in a longer text; the first group, if any, is it. */
  like?: RegExp;
}

const ofKind = (now: Date): Record<FindingKind, Omit<Detector, 'kind'>> => ({
  email: { is: isEmail, like: emailLike },
  phone: { is: isInternationalPhone, isNamed: isPhoneShaped, like: phoneLike },
  card_number: { is: isCardNumber, like: cardLike },
  iban: { is: isIban, like: ibanLike },
  us_ssn: { is: isUsSsn },
  de_tax_id: { is: isDeTaxId },
  es_dni: { is: isEsDni },
  it_codice_fiscale: { is: isItCodiceFiscale },
  nl_bsn: { is: isNlBsn },
  uk_nino: { is: isUkNino },
  fr_nir: { is: isFrNir },
  pl_pesel: { is: isPlPesel },
  date_of_birth: { is: isBirthDate(now), like: birthDateLike },
  health_code: { is: isHealthCode },
  health_record: { is: isWording },
  person_name: { is: isPersonName },
  postal_address: { is: isAddress },
  salary: { is: isAmount },
  bank_account: { is: isAccount },
  user_account: { is: (text) => /\p{L}/u.test(text) && text.length <= 128 },
});

/** One detector a kind. `now` bounds dates of birth. */
export function detectorsAt(now: Date): Detector[] {
  const detectors = ofKind(now);
  return findingKinds.map((kind) => ({ kind, ...detectors[kind] }));
}
