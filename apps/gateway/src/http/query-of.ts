import { Query, SetMetadata, type CanActivate, type ExecutionContext, type PipeTransform } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import { parseAs, type FieldFault } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import type { GatewayRequest } from './request-scope.js';

type Shape = new () => object;

const takes = 'lastcopy:query-parameters';

interface Taken {
  names: readonly string[];
  /** Refuse what the route does not take. */
  strict: boolean;
}

/** The parameters that a class of a query names. */
export const namesOf = (type: Shape): string[] => [
  ...new Set(
    getMetadataStorage()
      .getTargetValidationMetadatas(type, '', false, false)
      .map(({ propertyName }) => propertyName),
  ),
];

/** Which query parameters a route takes. */
export const TakesQuery = (taken: Taken) => SetMetadata(takes, taken);

/** The query, checked against its class. Throws VALIDATION_FAILED with every fault. */
export const QueryOf = <T extends object>(type: new () => T): ParameterDecorator => {
  const pipe: PipeTransform<Record<string, unknown>, T> = {
    transform: (query) =>
      parseAs(type, Object.fromEntries(Object.entries(query).filter(([name]) => namesOf(type).includes(name))), 'The query'),
  };
  return Query(pipe);
};

/**
 * Refuses, once for all routes, a parameter that is given twice, and one that the route does not take: a filter that is misspelt would answer
 * more than was asked for, and look like an answer.
 */
export class QueryGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const taken = Reflect.getMetadata(takes, context.getHandler()) as Taken | undefined;
    if (!taken) return true;
    const errors = Object.entries(context.switchToHttp().getRequest<GatewayRequest>().query).flatMap(([name, value]) =>
      faultOf(name, value, taken),
    );
    if (errors.length === 0) return true;
    throw new CodedError('VALIDATION_FAILED', `The query is not valid: ${errors.map(({ detail }) => detail).join('; ')}`, {
      details: { errors: errors.slice(0, mostFaults) },
    });
  }
}

const mostFaults = 20;

function faultOf(name: string, value: unknown, { names, strict }: Taken): FieldFault[] {
  const shown = name.slice(0, 50);
  if (names.includes(name)) return typeof value === 'string' ? [] : [{ pointer: `/${shown}`, detail: `${shown} must be given once` }];
  const known = names.length > 0 ? `there are ${names.join(', ')}` : 'there are none';
  return strict ? [{ pointer: `/${shown}`, detail: `${shown} is no parameter here; ${known}` }] : [];
}
