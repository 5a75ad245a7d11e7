import { v5 as uuidV5 } from 'uuid';
import type { Actor, EventEnvelope, ServiceName, Tenant } from '@lastcopy/contracts';

/** Who asks for what, and because of what. The same `command_id` has one effect. */
export interface CommandContext {
  command_id: string;
  tenant: Tenant;
  actor: Actor;
  causation_id?: string | null;
  correlation_id?: string | null;
  /** W3C trace context, used when no span is active. */
  traceparent?: string | null;
}

const namespace = '8a3f6f0e-9c5d-5b2a-9a41-6d1f2f0c7e55';

/** The same parts give the same id, in every process and after every restart. */
export const deterministicId = (...parts: (string | number | null | undefined)[]): string =>
  uuidV5(JSON.stringify(parts.map((part) => part ?? null)), namespace);

export const serviceActor = (service: ServiceName): Actor => ({ user_id: `service:${service}`, name: service, roles: ['service'] });

/** The context in which `subscription` of `service` acts on an event: a repeated delivery has the same `command_id`, so no second effect. */
export const contextFromEvent = (envelope: EventEnvelope, service: ServiceName, subscription: string): CommandContext => ({
  command_id: deterministicId('reaction', envelope.event_id, subscription),
  tenant: { client_account_id: envelope.client_account_id, engagement_id: envelope.engagement_id },
  actor: serviceActor(service),
  causation_id: envelope.event_id,
  correlation_id: envelope.correlation_id ?? envelope.event_id,
  traceparent: envelope.traceparent,
});
