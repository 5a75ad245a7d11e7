// Core and its data apart: the bundle of both imports JSON in a way that the test runner deprecates.
import { parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';
import validator from 'validator';

/** Endings of file names that look like a domain after an `@`, as in `logo@2x.png`. */
const fileEnding = /\.(png|jpe?g|gif|svg|webp|css|js|mjs|ts|json|html?)$/i;

export const isEmail = (text: string): boolean => text.includes('@') && validator.isEmail(text) && !fileEnding.test(text);
export const emailLike = /[^\s<>()"'`,;:|=[\]{}]+@[^\s<>()"'`,;:|=@[\]{}]+\.[A-Za-z]{2,}/g;

export const isIban = (text: string): boolean => /^[A-Za-z]{2}\d{2}/.test(text) && validator.isIBAN(text.replaceAll(' ', '').toUpperCase());
export const ibanLike = /(?<![\w-])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![\w-])/g;

/** A number in international form that the numbering plan of its country allows. */
export const isInternationalPhone = (text: string): boolean => {
  if (!/^(\+|00)\d[\d\s().\-/]{6,22}$/.test(text)) return false;
  return parsePhoneNumberFromString(text.replace(/^00/, '+'), metadata)?.isValid() ?? false;
};
export const phoneLike = /(?<![\w+])\+\d[\d ().-]{6,18}\d(?!\w)/g;

/** National numbers say nothing of their country: this is their shape alone, for columns whose name says phone. */
export const isPhoneShaped = (text: string): boolean => {
  if (!/^[+(]?\d[\d\s().\-/]{5,22}(\s?(x|ext\.?)\s?\d{1,5})?$/i.test(text)) return false;
  const digits = text.replaceAll(/\D/g, '').length;
  return digits >= 7 && digits <= 15;
};
