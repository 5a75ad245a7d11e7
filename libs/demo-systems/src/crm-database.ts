import { times, type CopyValue } from './copy-rows.js';
import { createDemoDatabase, scaled, type DemoOptions } from './demo-database.js';
import { dayText, makePerson, momentText, sentence } from './people.js';
import { SeededRandom } from './seeded-random.js';

const crmSchema = `
create schema crm;
set local search_path = crm;
create type channel as enum ('mail', 'phone', 'visit', 'chat');
create table accounts (id integer generated always as identity primary key, name text not null, parent_id integer, industry text, website text);
create table contacts (
  id integer generated always as identity primary key,
  account_id integer not null,
  full_name text not null,
  email text not null,
  phone text,
  date_of_birth date,
  consent boolean,
  preferences jsonb not null default '{}'
);
create table activities (
  id bigint generated always as identity primary key,
  contact_id integer not null,
  happened_at timestamptz not null,
  channel channel not null,
  subject text not null,
  body text,
  duration interval
);
comment on column contacts.consent is 'NULL: never asked';
`;

const crmConclusion = `
alter table accounts add foreign key (parent_id) references accounts;
alter table contacts add foreign key (account_id) references accounts;
alter table activities add foreign key (contact_id) references contacts;
create unique index contacts_email on contacts (lower(email));
create index activities_contact on activities (contact_id, happened_at desc);
create view recent_activities as select * from activities order by happened_at desc limit 100;
select setval(pg_get_serial_sequence('accounts', 'id'), (select max(id) from accounts));
select setval(pg_get_serial_sequence('contacts', 'id'), (select max(id) from contacts));
select setval(pg_get_serial_sequence('activities', 'id'), (select max(id) from activities));
`;

const contact = (random: SeededRandom, index: number, accounts: number): CopyValue[] => {
  const person = makePerson(random, index);
  const preferences = JSON.stringify({
    language: random.pick(['de', 'fr', 'ja', 'en']),
    newsletter: random.chance(0.4),
    city: person.city,
  });
  const consent = random.pick(['t', 'f', null]);
  return [index + 1, random.between(1, accounts), person.name, person.email, person.phone, person.dateOfBirth, consent, preferences];
};

const activity = (random: SeededRandom, index: number, contacts: number): CopyValue[] => [
  index + 1,
  random.between(1, contacts),
  momentText(random, dayText(random, 2015, 2025)),
  random.pick(['mail', 'phone', 'visit', 'chat']),
  sentence(random, 4),
  random.pick([null, '', sentence(random, 20), sentence(random, 35)]),
  random.pick<CopyValue>([null, '00:15:00', '1 mon 2 days 03:04:05.678', '-1 days']),
];

/** The customer relations system: people, what they agreed to, and every contact with them. */
export const createCrmDatabase = (url: string, { seed, scale }: DemoOptions): Promise<Record<string, number>> => {
  const random = new SeededRandom(seed + 1);
  const accounts = scaled(5000, scale);
  const contacts = scaled(80_000, scale);
  const account = (index: number): CopyValue[] => {
    const parent = index > 0 && random.chance(0.2) ? random.between(1, index) : null;
    return [
      index + 1,
      `${sentence(random, 2)} AG`,
      parent,
      random.pick([null, 'retail', 'energy']),
      `https://customer-${index}.example.com`,
    ];
  };
  return createDemoDatabase(
    url,
    crmSchema,
    [
      { target: 'accounts', rows: times(accounts, account) },
      { target: 'contacts', rows: times(contacts, (index) => contact(random, index, accounts)) },
      { target: 'activities', rows: times(scaled(350_000, scale), (index) => activity(random, index, contacts)) },
    ],
    crmConclusion,
  );
};
