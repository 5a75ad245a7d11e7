import type { INestApplication } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';

const none = ["'none'"];
/** Answers are data: nothing in them is ever run, shown in a frame, or sent anywhere. */
const data = { 'default-src': none, 'frame-ancestors': none, 'base-uri': none, 'form-action': none };
/** The page of the API's description: its own scripts, and the styles that its renderer writes into the page. */
const documentation = {
  ...data,
  ...{ 'script-src': ["'self'"], 'style-src': ["'self'", "'unsafe-inline'"], 'img-src': ["'self'", 'data:'], 'connect-src': ["'self'"] },
};

const headersFor = (directives: Record<string, string[]>) =>
  helmet({ contentSecurityPolicy: { useDefaults: false, directives }, crossOriginResourcePolicy: { policy: 'same-origin' } });
const ofData = headersFor(data);
const ofDocumentation = headersFor(documentation);

function securityHeaders(request: Request, response: Response, next: NextFunction): void {
  const apply = /^\/docs(\/|$)/i.test(request.path) ? ofDocumentation : ofData;
  apply(request, response, next);
}

/** Every answer carries the strictest policy that its page can live with. A page that needs another sets it by itself. */
export const useSecurityHeaders = (app: INestApplication): void => void app.use(securityHeaders);
