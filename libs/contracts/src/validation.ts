import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';
import { CodedError } from '@lastcopy/kernel';
import { eventCatalogue, type EventType } from './event-catalogue.js';

export interface FieldFault {
  /** JSON pointer of the field. */
  pointer: string;
  detail: string;
}

/** The faults as JSON pointers, depth first. */
export const fieldFaults = (errors: readonly ValidationError[], parent = ''): FieldFault[] =>
  errors.flatMap((error) => {
    const pointer = `${parent}/${error.property}`;
    const own = Object.values(error.constraints ?? {}).map((detail) => ({ pointer, detail }));
    return [...own, ...fieldFaults(error.children ?? [], pointer)];
  });

/** The validator calls an instance of a class without any field unknown: such a class takes an empty object. */
function faultsOf(type: new () => object, instance: object): FieldFault[] {
  if (getMetadataStorage().getTargetValidationMetadatas(type, '', false, false).length > 0) {
    return fieldFaults(validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true }));
  }
  return Object.keys(instance).map((field) => ({ pointer: `/${field}`, detail: `property ${field} should not exist` }));
}

/**
 * `value` as an instance of `type`, every field checked and unknown fields refused.
 * Throws VALIDATION_FAILED with `details.errors` = `FieldFault[]`.
 */
export function parseAs<T extends object>(type: new () => T, value: unknown, subject = type.name): T {
  const plain = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  const instance = plainToInstance(type, plain ?? {});
  const errors = plain ? faultsOf(type, instance) : [{ pointer: '', detail: `${subject} must be an object` }];
  if (errors.length === 0) return instance;
  const listed = errors.map(({ pointer, detail }) => `${pointer || '/'}: ${detail}`).join('; ');
  throw new CodedError('VALIDATION_FAILED', `${subject} is not valid: ${listed}`, { details: { errors } });
}

export const isEventType = (type: string): type is EventType => Object.hasOwn(eventCatalogue, type);

/** Checks an event's payload against its contract; throws EVENT_MALFORMED naming type and fields. */
export function assertEventPayload(type: string, data: unknown): void {
  if (!isEventType(type)) throw new CodedError('EVENT_MALFORMED', `No contract describes an event of type ${type}`);
  try {
    parseAs<object>(eventCatalogue[type].payload, data, type);
  } catch (cause) {
    throw new CodedError('EVENT_MALFORMED', (cause as Error).message, { cause });
  }
}
