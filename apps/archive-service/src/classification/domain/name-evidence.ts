import type { FindingKind } from '@lastcopy/contracts';

/** `DateOfBirth`, `date-of-birth` and `Geburtsdatum` become words joined by underscores, without accents. */
export const wordsOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase()
    .replaceAll(/^_+|_+$/g, '');

const word = (pattern: string): RegExp => new RegExp(`(^|_)(${pattern})(_|\\d*$)`);
const anyId = 'national_id|national_number|personal_id|identity_(no|number|card)|id_number|tax_id|tax_number|tin';

const patterns: Readonly<Record<FindingKind, RegExp>> = {
  email: word('e_?mails?|mail|email_?addr(ess)?|correo|courriel'),
  phone: word('phones?|telephone|tel|mobile|cell|cellphone|phone_?(no|num|number)|fax|telefon|handy|telefono|movil|msisdn'),
  card_number: word('card|cards|card_?(no|num|number)|credit_?card|cc|cc_?(no|num|number)|ccn|pan|kreditkarten?(nummer)?|tarjeta|carte'),
  iban: word('iban'),
  us_ssn: word(`ssn|social_security(_(no|number))?|${anyId}`),
  de_tax_id: word(`steuer_?(id|nummer|identifikationsnummer)|idnr|${anyId}`),
  es_dni: word(`dni|nie|nif|${anyId}`),
  it_codice_fiscale: word(`codice_?fiscale|fiscal_code|cod_fisc|${anyId}`),
  nl_bsn: word(`bsn|burgerservicenummer|sofi_?nummer|${anyId}`),
  uk_nino: word(`nino|ni_number|national_insurance(_(no|number))?|${anyId}`),
  fr_nir: word(`nir|insee|num_secu|numero_secu|securite_sociale|${anyId}`),
  pl_pesel: word(`pesel|${anyId}`),
  date_of_birth: word(
    'date_of_birth|birth_?date|birth_?day|birth|dob|born(_on)?|geburtsdatum|geburtstag|geb_?datum|naissance|nacimiento|nascita',
  ),
  health_code: word('icd|icd_?10|icd_?code|diagnos(is|es|e|tic|tico|is_code)|dx|dx_code|condition_code|disease_code'),
  health_record: word('diagnos(is|es|e)|medications?|prescriptions?|allerg(y|ies)|blood_(type|group)|symptoms?|vaccinations?|disability'),
  person_name: word(
    '(first|last|full|middle|given|family|maiden|contact|customer|employee|patient)_?name|surname|forename|vorname|nachname|prenom|nombre|apellidos?|cognome',
  ),
  postal_address: word(
    'street|street_(name|address)|((postal|home|mailing|billing|shipping|delivery)_)?address(_line)?|strasse|calle|post_?code|postal_code|zip_?code|plz',
  ),
  salary: word('salary|salaries|wages?|gehalt|lohn|compensation|(net|gross|base)_pay|payroll|stipendio|sueldo|salaire'),
  bank_account: word('bank_account|account_(no|num|number)|kontonummer|bic|swift(_code)?|sort_code|routing_number'),
  user_account: word('user_?name|login|login_name|password|password_hash|passwd'),
};

const notAnAddress = word('ip|mac|web|url|host|server|memory|e_?mail|network');
/** The last word of a table's name: `user_groups` is a table of groups. */
const people =
  /(^|_)(customers?|contacts?|persons?|people|patients?|employees?|users?|members?|students?|clients?|staff|subscribers?|applicants?)$/;
const contrary = word(
  'sku|ean|gtin|upc|isbn|issn|uuid|guid|orders?|order_?(no|number|id)|products?|articles?|parts?|items?|serial|imei|iccid|versions?|hash|checksum|sha|md5|trace|span|invoices?|batch|lot|tracking|shipments?|barcode|models?',
);

/** Whether the name of a column speaks for a kind; a bare `name` does so in a table of people. */
export function nameSpeaksFor(kind: FindingKind, element: string, container: string): boolean {
  const words = wordsOf(element);
  if (kind === 'person_name' && words === 'name') return people.test(wordsOf(container));
  if (kind === 'postal_address' && notAnAddress.test(words)) return false;
  return patterns[kind].test(words);
}

/** Whether the name says that the values are something else, for instance numbers of products or orders. */
export const nameSpeaksAgainst = (element: string): boolean => contrary.test(wordsOf(element));
