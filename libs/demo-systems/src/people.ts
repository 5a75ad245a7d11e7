import type { SeededRandom } from './seeded-random.js';

const firstNames = [
  'Anna',
  'Björn',
  'Chloé',
  'Dmitri',
  'Élodie',
  'Fatima',
  'Giulia',
  'Håkon',
  'Inés',
  'Jürgen',
  'Kaoru',
  'Łukasz',
  'María',
  'Noor',
  'Ørjan',
  'Zoë',
];
const lastNames = [
  'Andersson',
  'Bauer',
  'Çelik',
  'Dubois',
  'Eriksen',
  'Fischer',
  'García',
  'Horvát',
  'Ivanov',
  'Jansen',
  'Kowalski',
  'Larsen',
  'Müller',
  'O’Neill',
  'Rossi',
  '山田',
];
const cities = ['Zürich', 'København', 'Łódź', 'München', 'São Paulo', '東京', 'Reykjavík', 'Gent', 'Málaga', 'Brno'];
const words = [
  'invoice',
  'renewal',
  'delivery',
  'contract',
  'refund',
  'agreed',
  'waiting',
  'called',
  'signed',
  'überfällig',
  'réclamation',
  'priority',
  'archive',
  'customer',
];

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly dateOfBirth: string;
  readonly city: string;
}

const asciiOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase() || 'yamada';

/** A made-up person; addresses are of the domains that are reserved for examples. */
export const makePerson = (random: SeededRandom, serial: number): Person => {
  const [first, last] = [random.pick(firstNames), random.pick(lastNames)];
  return {
    name: `${first} ${last}`,
    email: `${asciiOf(first)}.${asciiOf(last)}${serial}@example.${random.pick(['com', 'org', 'net'])}`,
    phone: `+41 7${random.between(6, 9)} 555 ${random.digits(2)} ${random.digits(2)}`,
    dateOfBirth: dayText(random, 1940, 2005),
    city: random.pick(cities),
  };
};

const two = (value: number): string => String(value).padStart(2, '0');

export const dayText = (random: SeededRandom, firstYear: number, lastYear: number): string =>
  `${random.between(firstYear, lastYear)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`;

/** A moment on `day` to the microsecond, in UTC. */
export const momentText = (random: SeededRandom, day: string): string =>
  `${day} ${two(random.below(24))}:${two(random.below(60))}:${two(random.below(60))}.${random.digits(6)}+00`;

/** A German IBAN with right check digits (ISO 13616: the number, then "DE00" as digits, modulo 97). */
export const makeIban = (random: SeededRandom): string => {
  const account = random.digits(18);
  return `DE${two(Number(98n - (BigInt(`${account}131400`) % 97n)))}${account}`;
};

/** A card number that passes the Luhn check, of a range that issuers keep for tests. */
export const makeCardNumber = (random: SeededRandom): string => {
  const digits = `400000${random.digits(9)}`;
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
};

/** A German tax id: ten digits of which one is there twice, and the check digit of ISO 7064 (modulus 11, 10). */
export const makeTaxId = (random: SeededRandom): string => {
  const digits = [...'23456789'].map((digit) => ({ digit, key: random.uint32() })).sort((a, b) => a.key - b.key);
  const stem = ['1', ...digits.map(({ digit }) => digit), '1'];
  const product = stem.reduce((carry, digit) => (((Number(digit) + carry) % 10 || 10) * 2) % 11, 10);
  return `${stem.join('')}${(11 - product) % 10}`;
};

/** The number under a bar code (EAN-13) with its right check digit; one in ten passes the check of a card number too. */
export const makeEan = (random: SeededRandom): string => {
  const stem = `40${random.digits(10)}`;
  const sum = [...stem].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${stem}${(10 - (sum % 10)) % 10}`;
};

export const sentence = (random: SeededRandom, length: number): string => Array.from({ length }, () => random.pick(words)).join(' ');
