import { ClientNats, NatsRecordBuilder } from '@nestjs/microservices';
import { headers } from '@nats-io/transport-node';
import { SpanKind } from '@opentelemetry/api';
import { firstValueFrom, timeout, TimeoutError } from 'rxjs';
import {
  commandSubject,
  type Actor,
  type CommandMessage,
  type CommandName,
  type CommandReply,
  type CommandTarget,
  type StreamToken,
  type Tenant,
} from '@lastcopy/contracts';
import { CodedError, errorRegistry, type ErrorCode } from '@lastcopy/kernel';
import { activeTraceparent, inSpan } from '../telemetry/in-span.js';

export interface CommandOptions {
  command_id: string;
  tenant: Tenant;
  actor: Actor;
  /** How long the service may take. @default 10000 */
  timeoutMs?: number;
}

export interface CommandAnswer<A = unknown> {
  token: StreamToken | null;
  answer: A | null;
}

const codeOf = (code: string): ErrorCode => (Object.hasOwn(errorRegistry, code) ? (code as ErrorCode) : 'INTERNAL');

/** Sends commands to services by request/reply. A service that does not answer is SERVICE_UNAVAILABLE; repeat with the same command_id. */
export class CommandClient {
  constructor(
    private readonly client: ClientNats,
    private readonly sender: string,
  ) {}

  async send<A, S extends CommandTarget = CommandTarget>(
    service: S,
    command: CommandName<S>,
    data: object,
    options: CommandOptions,
  ): Promise<CommandAnswer<A>> {
    const { timeoutMs = 10_000, ...envelope } = options;
    return inSpan(
      { service: this.sender, name: `send ${command}`, kind: SpanKind.CLIENT, attributes: { 'lastcopy.target': service } },
      async () => {
        const reply = await this.request({ ...envelope, data }, commandSubject(service, command), service, timeoutMs);
        if (reply.ok) return { token: reply.token, answer: reply.answer as A | null };
        throw new CodedError(codeOf(reply.error.code), reply.error.message, reply.error.details ? { details: reply.error.details } : {});
      },
    );
  }

  private async request(message: CommandMessage, subject: string, service: string, timeoutMs: number): Promise<CommandReply> {
    const messageHeaders = headers();
    const traceparent = activeTraceparent();
    if (traceparent) messageHeaders.set('traceparent', traceparent);
    const record = new NatsRecordBuilder(message).setHeaders(messageHeaders).build();
    try {
      return await firstValueFrom(this.client.send<CommandReply>(subject, record).pipe(timeout(timeoutMs)));
    } catch (cause) {
      const what =
        cause instanceof TimeoutError
          ? `did not answer within ${timeoutMs} ms; it may still do what was asked`
          : 'is not running; nothing was done';
      throw new CodedError('SERVICE_UNAVAILABLE', `${service} ${what}.`, { cause });
    }
  }
}
