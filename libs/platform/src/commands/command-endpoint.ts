import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import type { NatsContext } from '@nestjs/microservices';
import { SpanKind } from '@opentelemetry/api';
import {
  commandCatalogue,
  commandSubject,
  parseAs,
  type CommandMessage,
  type CommandName,
  type CommandReply,
  type CommandTarget,
  type StreamToken,
} from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CodedError, isCodedError } from '@lastcopy/kernel';
import { activeTraceparent, inSpan } from '../telemetry/in-span.js';

/** What a command handler answers: the stream to wait for, and anything else the caller needs. */
export interface CommandOutcome<A = unknown> {
  token?: StreamToken | null;
  answer?: A | null;
}

type Handler = (this: unknown, data: object, context: CommandContext) => Promise<CommandOutcome>;

function contextOf(message: CommandMessage): CommandContext {
  const { command_id, tenant, actor } = message ?? {};
  if (!command_id || !tenant?.client_account_id || !tenant.engagement_id || !actor?.user_id) {
    throw new CodedError('VALIDATION_FAILED', 'A command needs command_id, tenant and actor.');
  }
  return { command_id, tenant, actor, correlation_id: command_id, traceparent: activeTraceparent() };
}

function errorReply(error: unknown): CommandReply {
  if (!isCodedError(error)) return { ok: false, error: { code: 'INTERNAL', message: (error as Error).message } };
  return { ok: false, error: { code: error.code, message: error.message, ...(error.details ? { details: error.details } : {}) } };
}

/**
 * Makes a controller's method the handler of a command: `(data, context) => Promise<CommandOutcome>`. The data is validated first; an error is answered
 * with its code, never thrown into the transport (which would hide it).
 */
export const CommandEndpoint = <S extends CommandTarget>(service: S, command: CommandName<S>): MethodDecorator =>
  ((target: object, key: string | symbol, descriptor: PropertyDescriptor) => {
    const handler = descriptor.value as Handler;
    const payload = (commandCatalogue[service] as Record<string, new () => object>)[command]!;
    descriptor.value = function answerCommand(
      this: { logger?: { error(o: object, m: string): void } },
      message: CommandMessage,
      nats: NatsContext,
    ): Promise<CommandReply> {
      const subject = commandSubject(service, command);
      // The bus can be told to deliver stored events here; they keep their own subject. A command is what was sent as one.
      if (nats.getSubject() !== subject) {
        const refused = new CodedError('VALIDATION_FAILED', `A message of ${nats.getSubject()} is no command ${subject}.`);
        this.logger?.error({ err: refused, command }, 'a message came under a subject that is not its own');
        return Promise.resolve(errorReply(refused));
      }
      const traceparent = (nats.getHeaders() as { get(name: string): string } | undefined)?.get('traceparent') || null;
      return inSpan({ service, name: `command ${command}`, kind: SpanKind.SERVER, traceparent }, async () => {
        try {
          const outcome = await handler.call(this, parseAs(payload, message?.data, command), contextOf(message));
          return { ok: true, token: outcome.token ?? null, answer: outcome.answer ?? null };
        } catch (error) {
          if (!isCodedError(error)) this.logger?.error({ err: error, command }, 'command failed unexpectedly');
          return errorReply(error);
        }
      });
    };
    // The transport passes its context, and with it the caller's trace, only to those who ask for it.
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    MessagePattern<string>(commandSubject(service, command))(target, key, descriptor);
  }) as MethodDecorator;
