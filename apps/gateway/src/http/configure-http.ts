import type { INestApplication } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import { SpanKind } from '@opentelemetry/api';
import { text, type NextFunction, type Request, type Response } from 'express';
import { HealthController, inSpan } from '@lastcopy/platform';
import type { Gateway } from '../gateway.js';
import { AnswerInterceptor } from './answer.interceptor.js';
import { AuditInterceptor } from './audit.interceptor.js';
import { Public } from './auth.guard.js';
import { BodyTypeGuard, jsonBytesMax } from './body-limits.js';
import { guardsOf } from './guards.js';
import { mostYamlBytes } from '../retention-policy/policy-yaml.js';
import { openApiDocument } from './openapi.js';
import { PlainTextGuard } from './plain-text.guard.js';
import { ProblemFilter } from './problem.filter.js';
import { QueryGuard } from './query-of.js';
import { Unlimited } from './rate-limits.js';
import { webAppHandler } from '../web-app/serve-web-app.js';
import { useSecurityHeaders } from './security-headers.js';

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
Unlimited()(HealthController);

/** The pages, under the same address as the API: no other origin is ever let in. */
async function serveWebApp(app: INestApplication, gateway: Gateway): Promise<void> {
  const { WEB_DIR: dir, WEB_CONNECT_ORIGINS: more } = gateway.deps.config;
  const connectTo = () =>
    [gateway.browserIssuer()].flatMap((issuer) => (issuer ? [new URL(issuer).origin] : [])).concat(more.split(' ').filter(Boolean));
  app.use(await webAppHandler({ dir, connectTo }));
}

/** What every request of the gateway passes through. */
export async function configureHttp(app: INestApplication, gateway: Gateway): Promise<void> {
  const express = app as NestExpressApplication;
  const { TRUSTED_PROXIES } = gateway.deps.config;
  if (TRUSTED_PROXIES) express.set('trust proxy', TRUSTED_PROXIES);
  useSecurityHeaders(app);
  app.use(traced);
  await serveWebApp(app, gateway);
  const guards = await guardsOf(app, gateway);
  express.useBodyParser('json', { limit: jsonBytesMax });
  app.use(
    '/api/v1/retention-policies/import',
    text({ type: ['application/yaml', 'application/x-yaml', 'text/yaml'], limit: mostYamlBytes }),
  );
  app.useGlobalGuards(...guards, new BodyTypeGuard(), new PlainTextGuard(), new QueryGuard());
  app.useGlobalFilters(new ProblemFilter(gateway.deps.logger, { record: (request) => gateway.auditedRequests.record(request) }));
  app.useGlobalInterceptors(new AnswerInterceptor(gateway), new AuditInterceptor(gateway));
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Lastcopy API',
  });
}
