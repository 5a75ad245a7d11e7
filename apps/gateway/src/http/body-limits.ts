import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { CodedError } from '@lastcopy/kernel';
import type { GatewayRequest } from './request-scope.js';

/** The largest JSON body. */
export const jsonBytesMax = 1024 * 1024;

/** Where `@ApiConsumes` notes what a route takes instead of JSON. */
const CONSUMES = 'swagger/apiConsumes';
const json = ['application/json', '+json'];
/** Other names of the same. */
const aliases: Record<string, string> = { 'text/yaml': 'application/yaml', 'application/x-yaml': 'application/yaml' };

const mediaTypeOf = (request: GatewayRequest): string => {
  const type = (request.get('Content-Type') ?? '').split(';')[0]!.trim().toLowerCase();
  return aliases[type] ?? type;
};

const hasBody = (request: GatewayRequest): boolean =>
  request.get('Transfer-Encoding') !== undefined || Number(request.get('Content-Length') ?? 0) > 0;

/** Refuses a body that the route would not read: without this, a form would count as an empty request and be carried out. */
export class BodyTypeGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<GatewayRequest>();
    if (request.method === 'GET' || request.method === 'HEAD' || !hasBody(request)) return true;
    const taken = (Reflect.getMetadata(CONSUMES, context.getHandler()) as string[] | undefined) ?? json;
    const type = mediaTypeOf(request);
    if (taken.some((each) => type === each || (each.startsWith('+') && type.endsWith(each)))) return true;
    throw new CodedError(
      'CONTENT_TYPE_UNSUPPORTED',
      `${request.method} ${request.path} takes ${taken[0]}, not ${type.slice(0, 64) || 'a body without a type'}`,
    );
  }
}
