import { Controller, Get, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pino from 'pino';
import request from 'supertest';
import { gatewayConfig } from '../config.js';
import { AuthGuard, Public } from './auth.guard.js';
import { ProblemFilter } from './problem.filter.js';

@Controller()
class Routes {
  @Get('unmarked')
  unmarked() {
    return 'reached';
  }

  @Public()
  @Get('open')
  open() {
    return 'reached';
  }
}
class Root {}

let app: INestApplication;
beforeAll(async () => {
  const env = { DATABASE_URL: 'postgresql://localhost/none', NATS_URL: 'nats://localhost', LASTCOPY_ENV: 'development', KEYS_DIR: 'keys' };
  const config = gatewayConfig({ ...env, DEV_TOKEN_SECRET: 'a secret of at least thirty-two characters', S3_ACCESS_KEY_ID: 'k', S3_SECRET_ACCESS_KEY: 's' });
  app = await NestFactory.create({ module: Root, controllers: [Routes] }, { logger: false });
  app.useGlobalGuards(new AuthGuard(config));
  app.useGlobalFilters(new ProblemFilter(pino({ level: 'silent' })));
  await app.listen(0, '127.0.0.1');
});
afterAll(() => app?.close());

it('refuses a route that names no permission, wherever it is, and opens what is marked as public', async () => {
  const { status, body } = await request(await app.getUrl()).get('/unmarked');
  expect([status, body.code]).toEqual([403, 'FORBIDDEN']);
  await request(await app.getUrl())
    .get('/open')
    .expect(200, 'reached');
});
