import { NestFactory } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { gatewayModule } from '../app.module.js';
import type { Gateway } from '../gateway.js';
import { openApiDocument } from './openapi.js';

/** The OpenAPI document without starting anything: no database, no bus, no port. */
export async function describeApi(): Promise<OpenAPIObject> {
  class Described {}
  const app = await NestFactory.create({ module: Described, ...gatewayModule({} as Gateway) }, { logger: false });
  try {
    return openApiDocument(app);
  } finally {
    await app.close();
  }
}
