import { Controller, Inject } from '@nestjs/common';
import type { HoldScope, PlaceLegalHold, ReleaseLegalHold } from '@lastcopy/contracts';
import { decideAndAppend, type CommandContext } from '@lastcopy/eventing';
import { DomainError } from '@lastcopy/kernel';
import { CommandEndpoint, SERVICE_DEPS, type CommandOutcome, type ServiceDeps } from '@lastcopy/platform';
import { legalHoldId } from './legal-hold-id.js';
import { legalHold } from '../domain/legal-hold.js';

function checkedScope({ kind, system_id, job_id }: HoldScope): HoldScope {
  if (kind === 'system') return { kind, system_id };
  if (!job_id) throw new DomainError('VALIDATION_FAILED', 'A hold on an archive names the job that made it (job_id)');
  return { kind, system_id, job_id };
}

@Controller()
export class LegalHoldController {
  constructor(@Inject(SERVICE_DEPS) readonly deps: ServiceDeps) {}

  get logger() {
    return this.deps.logger;
  }

  @CommandEndpoint('policy-service', 'PlaceLegalHold')
  async place(request: PlaceLegalHold, context: CommandContext): Promise<CommandOutcome> {
    const { matter, reason, reference } = request;
    const scope = checkedScope(request.scope);
    const hold_id = legalHoldId(context.tenant, matter, scope);
    const token = await this.deps.eventing.store.execute(context, 'PlaceLegalHold', request, (tx) =>
      decideAndAppend(tx, legalHold, 'legal_hold', hold_id, {
        ...{ type: 'PlaceHold', hold_id, matter: matter.trim(), scope, reason },
        ...{ reference: reference ?? null, actor: context.actor },
      }),
    );
    return { token, answer: { hold_id } };
  }

  @CommandEndpoint('policy-service', 'ReleaseLegalHold')
  async release({ hold_id, reason }: ReleaseLegalHold, context: CommandContext): Promise<CommandOutcome> {
    const token = await this.deps.eventing.store.execute(context, 'ReleaseLegalHold', { hold_id, reason }, (tx) =>
      decideAndAppend(tx, legalHold, 'legal_hold', hold_id, { type: 'ReleaseHold', reason, actor: context.actor }),
    );
    return { token, answer: { hold_id } };
  }
}
