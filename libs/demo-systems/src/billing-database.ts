import { billingConclusion, billingSchema } from './billing-schema.js';
import { times, type CopyValue } from './copy-rows.js';
import { createDemoDatabase, scaled, type DemoOptions } from './demo-database.js';
import { dayText, makeCardNumber, makeEan, makeIban, makePerson, makeTaxId, momentText, sentence } from './people.js';
import { SeededRandom } from './seeded-random.js';

const productCount = 500;
const linesPerInvoice = 3;
const currencies = ['EUR', 'CHF', 'USD', 'JPY'];
const statuses = ['draft', 'open', 'paid', 'paid', 'paid', 'void', 'in dispute'];

const money = (random: SeededRandom, most: number): string => `${random.below(most)}.${random.digits(2)}`;
const skuOf = (index: number): string => `SKU-${String(index).padStart(5, '0')}`;
/** Follows from the number alone, so that lines and payments name the day of an invoice without remembering it. */
const invoiceDay = (seed: number, id: number): string => dayText(new SeededRandom(seed * 31 + id), 2022, 2025);

const uuidText = (random: SeededRandom): string =>
  random
    .bytes(16)
    .toString('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');

const customer = (random: SeededRandom, index: number): CopyValue[] => {
  const person = makePerson(random, index);
  const address = { city: person.city, street: `${sentence(random, 1)} ${random.between(1, 200)}`, zip: random.digits(5), geo: null };
  const notes = random.pick([null, '', sentence(random, 12), 'two\nlines, "quoted", back\\slash and a\ttab', '\\N', 'NULL']);
  return [
    index + 1,
    uuidText(random),
    person.name,
    person.email,
    random.chance(0.3) ? null : person.phone,
    person.dateOfBirth,
    makeIban(random),
    JSON.stringify(address),
    random.pick(['{}', '{vip}', '{"with space",NULL,"NULL"}', '{"comma,","quo\\"te"}']),
    notes,
    random.chance(0.1) ? null : money(random, 100_000),
    momentText(random, dayText(random, 2010, 2024)),
  ];
};

const product = (random: SeededRandom, index: number): CopyValue[] => [
  skuOf(index),
  sentence(random, 3),
  `${random.below(1000)}.${random.digits(random.between(1, 12))}`,
  random.pick<CopyValue>(['NaN', 'Infinity', '-Infinity', '-0', null, '0.1', '1e-300', '5e-324']),
  random.pick(['{{1,2},{3,4}}', '[0:1]={7,8}', '{}', null]),
];

const rate = (random: SeededRandom, index: number): CopyValue[] => [
  new Date(Date.UTC(2022, 0, 1 + Math.floor(index / currencies.length))).toISOString().slice(0, 10),
  currencies[index % currencies.length]!,
  random.pick(['NaN', 'Infinity', `1.${random.digits(20)}`, `0.${random.digits(8)}`]),
  random.pick(['NaN', 'Infinity', '-Infinity', '0.25']),
  random.pick<CopyValue>(['infinity', '-infinity', '2099-12-31 23:59:59.999999+00', '0044-03-15 12:00:00+00 BC', null]),
];

const payment = (random: SeededRandom, index: number, invoiceId: number, issuedOn: string): CopyValue[] => [
  1000 + index,
  invoiceId,
  issuedOn,
  random.chance(0.01) ? 'infinity' : momentText(random, issuedOn),
  random.chance(0.5) ? null : makeCardNumber(random),
  money(random, 5000),
  random.chance(0.1) ? random.pick([null, Buffer.alloc(0)]) : random.bytes(random.between(100, 250)),
  JSON.stringify({ code: random.below(10), message: sentence(random, 4), nested: { list: [1, 2.5, null, 'ü'] } }),
];

const employee = (random: SeededRandom, index: number): CopyValue[] => {
  const person = makePerson(random, index);
  const sickNote = random.chance(0.5) ? null : `${random.pick(['J', 'M', 'F', 'S'])}${random.digits(2)}.${random.below(10)}`;
  return [index + 1, person.name, person.dateOfBirth, makeTaxId(random), person.phone, `${random.between(3000, 9000)}.00`, sickNote];
};

const article = (random: SeededRandom): CopyValue[] => [
  makeEan(random),
  `4${random.digits(15)}`,
  `${random.below(9)}.${random.below(20)}.${random.below(100)}`,
  dayText(random, 2018, 2025),
];

/** The billing system: keys, exact numbers, dates at their limits, bytes, JSON, arrays, enums, identities and a partitioned table. */
export const createBillingDatabase = (url: string, { seed, scale }: DemoOptions): Promise<Record<string, number>> => {
  const random = new SeededRandom(seed);
  const customers = scaled(60_000, scale);
  const invoices = scaled(200_000, scale);
  const line = (index: number): CopyValue[] => {
    const invoice = Math.floor(index / linesPerInvoice) + 1;
    const quantity = `${random.between(1, 99)}.${random.digits(3)}`;
    const description = random.chance(0.2) ? null : sentence(random, 8);
    return [
      invoice,
      invoiceDay(seed, invoice),
      (index % linesPerInvoice) + 1,
      skuOf(random.below(productCount)),
      quantity,
      money(random, 900),
      description,
    ];
  };
  const invoice = (index: number): CopyValue[] => {
    const issuedOn = invoiceDay(seed, index + 1);
    return [
      index + 1,
      issuedOn,
      random.between(1, customers),
      random.pick(statuses),
      random.pick(currencies),
      money(random, 9000),
      money(random, 900),
    ];
  };
  const paid = (index: number): CopyValue[] => {
    const invoiceId = random.between(1, invoices);
    return payment(random, index, invoiceId, invoiceDay(seed, invoiceId));
  };
  return createDemoDatabase(
    url,
    billingSchema,
    [
      { target: 'customers', rows: times(customers, (index) => customer(random, index)) },
      { target: 'products', rows: times(productCount, (index) => product(random, index)) },
      { target: 'exchange_rates', rows: times(scaled(5000, scale), (index) => rate(random, index)) },
      { target: 'invoices (id, issued_on, customer_id, status, currency, net, tax)', rows: times(invoices, invoice) },
      { target: 'invoice_lines', rows: times(invoices * linesPerInvoice, line) },
      { target: 'payments', rows: times(scaled(150_000, scale), paid) },
      {
        target: '"Audit Log"',
        rows: times(scaled(1000, scale), (index) => [momentText(random, '2025-06-01'), index % 3 ? 'system' : null, sentence(random, 6)]),
      },
      { target: 'staff', rows: times(scaled(2000, scale), (index) => employee(random, index)) },
      { target: 'articles', rows: times(scaled(5000, scale), () => article(random)) },
    ],
    billingConclusion,
  );
};
