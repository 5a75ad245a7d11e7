import { Controller, Get, Inject } from '@nestjs/common';
import { HealthCheck, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { SERVICE_DEPS, type ServiceDeps } from './service-deps.js';

/** `/healthz`: the process lives. `/readyz`: its database and the bus answer. */
@Controller()
export class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService,
    @Inject(SERVICE_DEPS) private readonly deps: ServiceDeps,
  ) {}

  @Get('healthz')
  live() {
    return { status: 'ok', service: this.deps.service };
  }

  @Get('readyz')
  @HealthCheck()
  ready() {
    return this.health.check([
      () => this.probe('database', () => this.deps.dataSource.query('select 1')),
      () => this.probe('bus', () => this.deps.nats.flush()),
    ]);
  }

  private async probe(name: string, question: () => Promise<unknown>) {
    const indicator = this.indicators.check(name);
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer within 2 s')), 2_000);
    });
    try {
      await Promise.race([question(), deadline]);
      return indicator.up();
    } catch (error) {
      return indicator.down({ message: (error as Error).message });
    } finally {
      clearTimeout(timer);
    }
  }
}
