import validator from 'validator';

/** Social Security Administration: no area 000, 666 or 9xx, no group 00, no serial 0000. There is no check digit. */
export const isUsSsn = (text: string): boolean => /^(?!000|666|9)\d{3}([- ]?)(?!00)\d{2}\1(?!0000)\d{4}$/.test(text);

/** HM Revenue & Customs: prefixes that are issued, six digits, A to D. There is no check digit. */
export const isUkNino = (text: string): boolean =>
  /^(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]$/.test(text.toUpperCase());

/** Steueridentifikationsnummer: eleven digits, the first not 0, one of the first ten doubled or tripled, check digit of ISO 7064. */
export const isDeTaxId = (text: string): boolean =>
  /^[1-9]\d[\d ]{8,12}\d$/.test(text) && validator.isTaxID(text.replaceAll(' ', ''), 'de-DE');

const spanishLetters = 'TRWAGMYFPDXBNJZSQVHLCKE';
/** DNI (eight digits) or NIE (X, Y or Z and seven), with the letter of modulus 23. */
export function isEsDni(text: string): boolean {
  const [, lead, rest, letter] = /^([XYZ]|\d)(\d{7})-?([A-Z])$/.exec(text.toUpperCase()) ?? [];
  if (!lead || !rest || !letter) return false;
  const first = 'XYZ'.includes(lead) ? String('XYZ'.indexOf(lead)) : lead;
  return spanishLetters[Number(first + rest) % 23] === letter;
}

/** Codice fiscale of a person: names, date and place of birth, check letter. */
export const isItCodiceFiscale = (text: string): boolean =>
  /^[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/i.test(text) &&
  validator.isTaxID(text.toUpperCase(), 'it-IT');

/** Burgerservicenummer: nine digits (older ones eight), the eleven test. */
export function isNlBsn(text: string): boolean {
  if (!/^\d{8,9}$/.test(text)) return false;
  const digits = [...text.padStart(9, '0')].map(Number);
  const sum = digits.reduce((total, digit, index) => total + digit * (index === 8 ? -1 : 9 - index), 0);
  return sum % 11 === 0 && Number(text) > 0;
}

/** NIR: sex, year and month of birth, department (Corsica 2A, 2B), and a key of modulus 97. */
export function isFrNir(text: string): boolean {
  const compact = text.toUpperCase().replaceAll(' ', '');
  if (!/^[12]\d{2}(0[1-9]|1[0-2]|[2-9]\d)(\d{2}|2[AB])\d{8}$/.test(compact)) return false;
  const number = compact.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return 97n - (BigInt(number) % 97n) === BigInt(compact.slice(13));
}

const peselWeights = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3];
/** PESEL: date of birth with the century in the month, serial, check digit. */
export function isPlPesel(text: string): boolean {
  if (!/^\d{11}$/.test(text)) return false;
  const [month, day] = [Number(text.slice(2, 4)) % 20, Number(text.slice(4, 6))];
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  const sum = peselWeights.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  return (10 - (sum % 10)) % 10 === Number(text[10]);
}
