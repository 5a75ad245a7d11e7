import { CodedError } from '@lastcopy/kernel';
import { printJson, type CliContext } from './context.js';

/** A part of a path: an id as the person typed it. */
export const segment = encodeURIComponent;

export const flowPath = (flowId: string): string => `/decommission-flow/${segment(flowId)}`;

/** A list flag: repeated, or with commas. */
export const collect = (value: string, before: string[] = []): string[] => [
  ...before,
  ...value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
];

/** Takes one of `choices`. Throws VALIDATION_FAILED. */
export const oneOf =
  <T extends string>(flag: string, choices: readonly T[]) =>
  (value: string): T => {
    if ((choices as readonly string[]).includes(value)) return value as T;
    const last = choices.at(-1);
    throw new CodedError('VALIDATION_FAILED', `${flag} is ${choices.slice(0, -1).join(', ')} or ${last}, not ${value}.`);
  };

/** Takes a whole number. Throws VALIDATION_FAILED. */
export const wholeNumber =
  (flag: string) =>
  (value: string): number => {
    if (/^\d{1,15}$/.test(value)) return Number(value);
    throw new CodedError('VALIDATION_FAILED', `${flag} is a whole number, not ${value}.`);
  };

/** What was given, without what was not. */
export const given = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;

export interface JsonFlag {
  json?: boolean;
}

/** Prints an answer as JSON where that was asked for, and for a person otherwise. */
export function show<T>(context: CliContext, { json }: JsonFlag, answer: T, forPeople: (answer: T) => void): void {
  if (json) printJson(context, answer);
  else forPeople(answer);
}
