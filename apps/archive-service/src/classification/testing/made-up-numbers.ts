import { SeededRandom } from '@lastcopy/demo-systems';
import { isCardNumber } from '../detectors/card-number.js';
import { isIban } from '../detectors/contact-details.js';
import { isDeTaxId, isEsDni, isFrNir, isItCodiceFiscale, isNlBsn, isPlPesel } from '../detectors/national-ids.js';

const two = (value: number): string => String(value).padStart(2, '0');
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const consonants = 'BCDFGHLMNPRSTVZ';

/** Draws until a number passes; the validators themselves are held to published numbers elsewhere. */
function passing(draw: () => string, is: (text: string) => boolean): string {
  for (;;) {
    const text = draw();
    if (is(text)) return text;
  }
}

const text = (random: SeededRandom, alphabet: string, length: number): string =>
  Array.from({ length }, () => random.pick([...alphabet])).join('');

export const day = (random: SeededRandom, from: number, to: number): string =>
  `${random.between(from, to)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`;

/** A valid made-up number of each kind. */
export const madeUp = {
  card: (random: SeededRandom) =>
    passing(() => random.pick(['4', '51', '2221', '6011', '3530']).padEnd(4, random.digits(3)) + random.digits(12), isCardNumber),
  iban: (random: SeededRandom) => {
    const [country, rest] = random.pick([
      ['DE', random.digits(18)],
      ['NL', `ABNA${random.digits(10)}`],
      ['AT', random.digits(16)],
    ] as [string, string][]);
    return Array.from({ length: 97 }, (_, check) => `${country}${two(check + 2)}${rest}`).find(isIban)!;
  },
  ssn: (random: SeededRandom) => `${random.between(100, 665)}-${two(random.between(1, 99))}-${random.between(1000, 9999)}`,
  nino: (random: SeededRandom) => `AB${random.digits(6)}${random.pick(['A', 'B', 'C', 'D'])}`,
  deTaxId: (random: SeededRandom) => {
    const rest = [...'23456789'].map((digit) => ({ digit, key: random.uint32() })).sort((a, b) => a.key - b.key);
    const stem = `1${rest.map(({ digit }) => digit).join('')}1`;
    return Array.from({ length: 10 }, (_, check) => `${stem}${check}`).find(isDeTaxId)!;
  },
  dni: (random: SeededRandom) => {
    const number = random.digits(8);
    return [...letters].map((letter) => number + letter).find(isEsDni)!;
  },
  codiceFiscale: (random: SeededRandom) => {
    const stem = `${text(random, consonants, 6)}${random.between(50, 99)}${random.pick([...'ABCDEHLMPRST'])}${two(random.between(1, 28))}`;
    const place = `${random.pick([...'ABCDEFGHL'])}${random.between(100, 999)}`;
    return [...letters].map((letter) => `${stem}${place}${letter}`).find(isItCodiceFiscale)!;
  },
  bsn: (random: SeededRandom) => passing(() => `1${random.digits(8)}`, isNlBsn),
  nir: (random: SeededRandom) => {
    const number = `${random.between(1, 2)}${two(random.below(100))}${two(random.between(1, 12))}75${random.digits(6)}`;
    return Array.from({ length: 98 }, (_, key) => number + two(key)).find(isFrNir)!;
  },
  pesel: (random: SeededRandom) =>
    passing(() => `${two(random.below(100))}${two(random.between(1, 12))}${two(random.between(1, 28))}${random.digits(5)}`, isPlPesel),
  email: (random: SeededRandom) =>
    `${text(random, consonants.toLowerCase(), 7)}${random.below(1000)}@example.${random.pick(['com', 'org'])}`,
  phone: (random: SeededRandom) => random.pick([`+41 76 555 ${random.digits(2)} ${random.digits(2)}`, `+1 650 253 ${random.digits(4)}`]),
  localPhone: (random: SeededRandom) => `0${random.between(30, 89)} ${random.between(100000, 9999999)}`,
  icd: (random: SeededRandom) => `${random.pick([...'EIJKMS'])}${random.digits(2)}.${random.below(10)}`,
  person: (random: SeededRandom) =>
    `${random.pick(['Ada', 'Bo', 'Zoë', 'Łukasz'])} ${text(random, consonants, 1)}${text(random, 'aeiou', 1)}${text(random, consonants.toLowerCase(), 3)}`,
  street: (random: SeededRandom) => `${random.pick(['Main Street', 'Bahnhofstrasse', 'Rue de la Gare'])} ${random.between(1, 200)}`,
  amount: (random: SeededRandom) => `${random.between(2000, 9000)}.00`,
  account: (random: SeededRandom) => random.digits(10),
  word: (random: SeededRandom) => text(random, consonants.toLowerCase(), 8),
  version: (random: SeededRandom) => `${random.below(9)}.${random.below(30)}.${random.below(100)}`,
  uuid: (random: SeededRandom) =>
    random
      .bytes(16)
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  hash: (random: SeededRandom) => random.bytes(32).toString('hex'),
  ean: (random: SeededRandom) => {
    const stem = `40${random.digits(10)}`;
    const sum = [...stem].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
    return `${stem}${(10 - (sum % 10)) % 10}`;
  },
  imei: (random: SeededRandom) => {
    const stem = `35${random.digits(12)}`;
    const sum = [...stem].reverse().reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
    return `${stem}${(10 - (sum % 10)) % 10}`;
  },
};
export type MadeUp = keyof typeof madeUp;
