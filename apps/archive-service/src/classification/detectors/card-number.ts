import validator from 'validator';

/** First digits that card schemes were given (ISO/IEC 7812), with the lengths that they issue. */
const schemes: readonly { from: number; to: number; lengths: readonly number[] }[] = [
  { from: 4000, to: 4999, lengths: [13, 16, 19] },
  { from: 5100, to: 5599, lengths: [16] },
  { from: 2221, to: 2720, lengths: [16] },
  { from: 3400, to: 3499, lengths: [15] },
  { from: 3700, to: 3799, lengths: [15] },
  { from: 3000, to: 3059, lengths: [14] },
  { from: 3600, to: 3699, lengths: [14] },
  { from: 3800, to: 3999, lengths: [14] },
  { from: 3528, to: 3589, lengths: [16] },
  { from: 6011, to: 6011, lengths: [16, 19] },
  { from: 6440, to: 6599, lengths: [16, 19] },
  { from: 6200, to: 6299, lengths: [16, 17, 18, 19] },
];

const shape = /^\d(?:[ -]?\d){12,18}$/;

/** A number of a card scheme's range and length with a right Luhn digit. One number in 40 of that length is one by chance. */
export function isCardNumber(text: string): boolean {
  if (!shape.test(text)) return false;
  const digits = text.replaceAll(/[ -]/g, '');
  const prefix = Number(digits.slice(0, 4));
  const known = schemes.some(({ from, to, lengths }) => prefix >= from && prefix <= to && lengths.includes(digits.length));
  return known && !/^(\d)\1+$/.test(digits) && validator.isLuhnNumber(digits);
}

export const cardLike = /(?<![\w.+-])\d(?:[ -]?\d){12,18}(?![\w.-])/g;
