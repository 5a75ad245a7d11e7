import { SeededRandom } from '@lastcopy/demo-systems';
import type { FindingKind } from '@lastcopy/contracts';
import { day, madeUp } from './made-up-numbers.js';

/** A column that a person labelled: which kinds are in it, and none else. */
export interface LabelledColumn {
  container: string;
  element: string;
  values: string[];
  kinds: FindingKind[];
}

type Draw = (random: SeededRandom, index: number) => string;
type Row = readonly [container: string, element: string, draw: Draw, ...kinds: FindingKind[]];

const sentence =
  (part: Draw): Draw =>
  (random, index) =>
    `${madeUp.word(random)} ${madeUp.word(random)} ${part(random, index)}, ${madeUp.word(random)}.`;
const birth: Draw = (random) => day(random, 1935, 2008);

const planted: readonly Row[] = [
  ['crm.contacts', 'email', madeUp.email, 'email'],
  ['x.t1', 'attr_1', madeUp.email, 'email'],
  ['app.log', 'message', sentence(madeUp.email), 'email'],
  ['crm.contacts', 'MobilePhone', madeUp.localPhone, 'phone'],
  ['x.t1', 'attr_2', madeUp.phone, 'phone'],
  ['app.log', 'detail', sentence(madeUp.phone), 'phone'],
  ['shop.payments', 'card_number', madeUp.card, 'card_number'],
  ['x.t1', 'attr_3', madeUp.card, 'card_number'],
  ['shop.tickets', 'body', sentence(madeUp.card), 'card_number'],
  ['shop.customers', 'iban', madeUp.iban, 'iban'],
  ['x.t1', 'attr_4', madeUp.iban, 'iban'],
  ['hr.staff', 'ssn', madeUp.ssn, 'us_ssn'],
  ['hr.staff', 'ni_number', madeUp.nino, 'uk_nino'],
  ['hr.staff', 'steuer_id', madeUp.deTaxId, 'de_tax_id'],
  ['x.t1', 'attr_5', madeUp.deTaxId, 'de_tax_id'],
  ['hr.staff', 'dni', madeUp.dni, 'es_dni'],
  ['x.t1', 'attr_6', madeUp.dni, 'es_dni'],
  ['hr.staff', 'codice_fiscale', madeUp.codiceFiscale, 'it_codice_fiscale'],
  ['x.t1', 'attr_7', madeUp.codiceFiscale, 'it_codice_fiscale'],
  ['hr.staff', 'bsn', madeUp.bsn, 'nl_bsn'],
  ['x.t1', 'attr_8', madeUp.bsn, 'nl_bsn'],
  ['hr.staff', 'nir', madeUp.nir, 'fr_nir'],
  ['x.t1', 'attr_9', madeUp.nir, 'fr_nir'],
  ['hr.staff', 'pesel', madeUp.pesel, 'pl_pesel'],
  ['x.t1', 'attr_10', madeUp.pesel, 'pl_pesel'],
  ['crm.contacts', 'DateOfBirth', birth, 'date_of_birth'],
  ['crm.contacts', 'geburtsdatum', birth, 'date_of_birth'],
  ['x.t1', 'attr_11', birth, 'date_of_birth'],
  ['clinic.visits', 'icd10_code', madeUp.icd, 'health_code'],
  ['x.t1', 'attr_12', madeUp.icd, 'health_code'],
  ['clinic.visits', 'medication', madeUp.word, 'health_record'],
  ['crm.contacts', 'last_name', madeUp.person, 'person_name'],
  ['crm.customers', 'name', madeUp.person, 'person_name'],
  ['x.t1', 'attr_13', madeUp.person, 'person_name'],
  ['crm.contacts', 'home_address', madeUp.street, 'postal_address'],
  ['hr.staff', 'base_salary', madeUp.amount, 'salary'],
  ['hr.staff', 'bank_account', madeUp.account, 'bank_account'],
  ['app.users', 'username', madeUp.word, 'user_account'],
];

const sixteen: Draw = (random) => `4${random.digits(15)}`;
const clean: readonly Row[] = [
  ['shop.products', 'sku', (random) => `${random.pick(['A', 'B', 'E'])}${random.digits(2)}.${random.below(10)}`],
  ['shop.products', 'category_code', madeUp.icd],
  ['shop.products', 'name', madeUp.word],
  ['shop.products', 'ean', madeUp.ean],
  ['shop.products', 'attr_1', madeUp.ean],
  ['shop.books', 'isbn13', (random) => `978${random.digits(10)}`],
  ['shop.orders', 'order_no', sixteen],
  ['shop.orders', 'attr_2', sixteen],
  ['shop.orders', 'sequence', (_, index) => String(4_000_000_000_000_000 + index)],
  ['shop.orders', 'number', (_, index) => String(100_000_000 + index)],
  ['shop.orders', 'external', (random) => random.digits(11)],
  ['shop.orders', 'legacy_key', (random) => `1${random.digits(8)}`],
  ['shop.orders', 'attr_3', (random) => random.digits(15)],
  ['shop.orders', 'placed_on', (random) => day(random, 2015, 2025)],
  ['shop.orders', 'document', (random) => `${random.digits(8)}${random.pick([...'ABCDEFGHJKLM'])}`],
  ['shop.parts', 'part_no', (random) => `${random.between(100, 665)}-${random.between(10, 99)}-${random.between(1000, 9999)}`],
  ['shop.parts', 'attr_4', (random) => `${random.between(100, 665)}-${random.between(10, 99)}-${random.between(1000, 9999)}`],
  ['app.devices', 'imei', madeUp.imei],
  ['app.devices', 'attr_5', madeUp.imei],
  ['app.devices', 'phone_model', (random) => `Phone ${random.between(1, 20)}`],
  [
    'app.devices',
    'mac_address',
    (random) =>
      random
        .bytes(6)
        .toString('hex')
        .replaceAll(/(..)(?!$)/g, '$1:'),
  ],
  ['app.devices', 'ip_address', (random) => `10.${random.below(255)}.${random.below(255)}.${random.below(255)}`],
  ['app.releases', 'version', madeUp.version],
  ['app.releases', 'package', (random) => `left-pad@${madeUp.version(random)}`],
  ['app.releases', 'icon', (random) => `${madeUp.word(random)}@2x.png`],
  ['app.releases', 'checksum', madeUp.hash],
  ['app.log', 'trace_id', (random) => random.digits(18)],
  ['app.log', 'reference', madeUp.uuid],
  ['app.log', 'message', sentence((random) => `order ${random.digits(16)} of ${day(random, 2020, 2025)}`)],
  ['app.users', 'login_count', (random) => String(random.below(500))],
  ['app.user_groups', 'name', madeUp.word],
  ['app.users', 'email_sent', (random) => random.pick(['yes', 'no', 'bounced', 'later'])],
  ['app.users', 'card_type', (random) => random.pick(['gold', 'silver', 'visa', 'none'])],
  ['game.decks', 'card', (random) => `${random.pick(['Ace', 'King', 'Two'])} of ${random.pick(['hearts', 'spades'])}`],
  ['ml.samples', 'timestamp_ms', (random) => String(1_600_000_000_000 + random.below(100_000_000_000))],
  ['ml.samples', 'measure', (random) => `${random.below(1000)}.${random.digits(12)}`],
];

const rowCounts = [30, 120, 500];
/** Values that are none of the kind, as columns that were filled by hand have them. */
const noise = ['n/a', 'unknown', '-', 'see file', 'TBD'];

function column([container, element, draw, ...kinds]: Row, random: SeededRandom, rows: number): LabelledColumn {
  const values = Array.from({ length: rows }, (_, index) => (random.chance(0.05) ? random.pick(noise) : draw(random, index)));
  return { container, element, values, kinds };
}

/** Every column at three sizes, one in twenty values being noise; the same seed gives the same corpus. */
export function labelledCorpus(seed: number): LabelledColumn[] {
  const random = new SeededRandom(seed);
  return [...planted, ...clean].flatMap((row) => rowCounts.map((rows) => column(row, random, rows)));
}
