import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength, ValidateBy } from 'class-validator';

/** An empty parameter counts as absent. */
const Optional = () =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value)),
    IsOptional(),
  );

const time = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;

/** In UTC. The database has no year 0, and a zone can lead into one that has five digits; nothing is logged outside of these. */
const [firstYear, lastYear] = [1900, 2999];

/** A day that the calendar has, with or without a time and its zone. */
const isTime = (value: unknown): boolean => {
  const [text, day] = typeof value === 'string' ? (time.exec(value) ?? []) : [];
  if (text === undefined) return false;
  // NaN, of what is no time, is in no year either.
  const year = new Date(text).getUTCFullYear();
  if (!(year >= firstYear && year <= lastYear)) return false;
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day!);
};

/** Free text. @param longest in characters */
export const QueryText = (longest: number) => applyDecorators(Optional(), IsString(), MaxLength(longest));

/** An id of ours. */
export const QueryId = () => applyDecorators(Optional(), IsUUID(undefined, { message: '$property must be an id (a UUID)' }));

export const QueryChoice = (values: readonly string[]) =>
  applyDecorators(Optional(), IsIn(values, { message: `$property must be one of ${values.join(', ')}` }));

/** A whole number from 1 on. */
export const QueryCount = () =>
  applyDecorators(Optional(), Matches(/^[1-9]\d{0,8}$/, { message: '$property must be a whole number from 1 on' }));

/** A position of a log. */
export const QueryPosition = () =>
  applyDecorators(Optional(), Matches(/^[1-9]\d{0,15}$/, { message: '$property must be a position: a whole number from 1 on' }));

/** A date, which stands for its first moment in UTC, or a time with its zone. */
export const QueryTime = () =>
  applyDecorators(
    Optional(),
    ValidateBy({
      name: 'isTime',
      validator: {
        validate: isTime,
        defaultMessage: () =>
          `$property must be a date (2026-02-28) or a time with its zone (2026-02-28T12:00:00Z), as in ISO 8601, from ${firstYear} to ${lastYear}`,
      },
    }),
  );

/** Given without a value it is true. */
export const QueryFlag = () =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (value === '' || value === 'true' ? true : value === 'false' ? false : value)),
    IsOptional(),
    IsIn([true, false], { message: '$property must be true or false' }),
  );
