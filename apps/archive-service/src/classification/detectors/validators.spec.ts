import { isCardNumber } from './card-number.js';
import { isEmail, isIban, isInternationalPhone, isPhoneShaped } from './contact-details.js';
import { isBirthDate, isHealthCode } from './dates-and-codes.js';
import { isDeTaxId, isEsDni, isFrNir, isItCodiceFiscale, isNlBsn, isPlPesel, isUkNino, isUsSsn } from './national-ids.js';

const born = isBirthDate(new Date('2026-01-01T00:00:00Z'));

// The numbers are the examples that the issuers, their standards or payment processors publish for tests.
it.each<[string, (text: string) => boolean, string[], string[]]>([
  [
    'card numbers',
    isCardNumber,
    [
      '4111111111111111',
      '4111 1111 1111 1111',
      '5555-5555-5555-4444',
      '2223003122003222',
      '378282246310005',
      '6011111111111117',
      '3566002020360505',
      '30569309025904',
      '6205500000000000004',
    ],
    [
      '4111111111111112',
      '5555555555554445',
      '0000000000000000',
      '1234567812345670',
      '490154203237518',
      '8944500102198304826',
      '411111111111',
      '4006381333931',
    ],
  ],
  [
    'IBANs',
    isIban,
    ['DE89370400440532013000', 'GB82 WEST 1234 5698 7654 32', 'NL91ABNA0417164300', 'FR1420041010050500013M02606', 'CH9300762011623852957'],
    ['DE88370400440532013000', 'DE8937040044053201300', 'XX89370400440532013000', 'SKU-12345678901234'],
  ],
  [
    'e-mail addresses',
    isEmail,
    ['ada@example.com', 'a.b+c@sub.example.org'],
    ['ada@', '@example.com', 'logo@2x.png', 'lodash@4.17.21', 'no address'],
  ],
  [
    'international phone numbers',
    isInternationalPhone,
    ['+41 76 555 12 34', '+1 650 253 0000', '0041765551234', '+44 20 7183 8750'],
    ['+41 76 555', '+999 123 456 789', '123456789', '4006381333931', '+1.2.3'],
  ],
  [
    'shapes of phone numbers',
    isPhoneShaped,
    ['030 901820', '(650) 253-0000', '650-253-0000 x12'],
    ['12345', 'iPhone 12', '1234567890123456'],
  ],
  [
    'US social security numbers',
    isUsSsn,
    ['219-09-9999', '078-05-1120', '219099999'],
    ['000-12-3456', '666-12-3456', '900-12-3456', '123-00-4567', '123-45-0000', '12-345-6789'],
  ],
  ['UK national insurance numbers', isUkNino, ['AB123456C', 'JG 10 37 59 A'], ['QQ123456C', 'GB123456A', 'AB123456E', 'DA123456A']],
  ['German tax ids', isDeTaxId, ['86095742719', '65929970489', '47036892816'], ['86095742718', '01234567890', '11111111111', '1234567890']],
  ['Spanish DNI and NIE', isEsDni, ['12345678Z', 'X1234567L', '00000000T'], ['12345678A', 'X1234567A', '1234567Z']],
  ['Italian codici fiscali', isItCodiceFiscale, ['RSSMRA85T10A562S', 'MRTMTT91D08F205J'], ['RSSMRA85T10A562T', 'RSSMRA85T10A56']],
  ['Dutch BSN', isNlBsn, ['111222333', '123456782'], ['111222334', '000000000', '12345678901']],
  ['French NIR', isFrNir, ['255081416802538', '2 55 08 14 168 025 38'], ['255081416802539', '355081416802538', '2550814168025']],
  ['Polish PESEL', isPlPesel, ['44051401359', '02070803628'], ['44051401358', '44991401359', '4405140135']],
  [
    'dates of birth',
    born,
    ['1970-02-28', '28.02.1970', '02/28/1970', '19700228', '1970-02-28 00:00:00+00'],
    ['1970-02-30', '1880-01-01', '2031-01-01', '1970-02-28 12:30:00+00', '70'],
  ],
  ['ICD-10 codes', isHealthCode, ['E11.9', 'I10', 'S72.001A', 'C50A'], ['11.9', 'UU1', 'e11', 'E1']],
])('tells %s from what only looks like one', (_, is, right, wrong) => {
  expect(right.filter((text) => !is(text))).toEqual([]);
  expect(wrong.filter((text) => is(text))).toEqual([]);
});
