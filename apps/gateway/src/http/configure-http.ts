import type { INestApplication } from '@nestjs/common';
import { SwaggerModule } from '@nestjs/swagger';
import { SpanKind } from '@opentelemetry/api';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { HealthController, inSpan } from '@lastcopy/platform';
import type { Gateway } from '../gateway.js';
import { AnswerInterceptor } from './answer.interceptor.js';
import { AuthGuard, Public } from './auth.guard.js';
import { openApiDocument } from './openapi.js';
import { ProblemFilter } from './problem.filter.js';

/** Every request is a span: its trace goes on through commands and events into the other services. */
function traced(request: Request, response: Response, next: NextFunction): void {
  const traceparent = request.get('traceparent') ?? null;
  const options = { service: 'gateway', name: `HTTP ${request.method}`, kind: SpanKind.SERVER, traceparent };
  void inSpan(options, async (span) => {
    span.setAttributes({ 'http.request.method': request.method, 'url.path': request.path });
    const closed = new Promise<void>((resolve) => response.once('close', resolve));
    next();
    await closed;
    span.setAttribute('http.response.status_code', response.statusCode);
  });
}

// Probes carry no token. The controller is every service's; that it needs none is the gateway's own rule.
Public()(HealthController);

/** What every request of the gateway passes through. */
export function configureHttp(app: INestApplication, gateway: Gateway): void {
  app.use(helmet({ contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } } }));
  app.use(traced);
  app.useGlobalGuards(new AuthGuard(gateway.deps.config));
  app.useGlobalFilters(new ProblemFilter(gateway.deps.logger));
  app.useGlobalInterceptors(new AnswerInterceptor(gateway));
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Lastcopy API',
  });
}
