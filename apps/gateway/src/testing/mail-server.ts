import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail extends ParsedMail {
  /** Whether it came over TLS, and as whom its sender signed in. */
  secure: boolean;
  user: string | undefined;
}

export interface MailServer {
  port: number;
  mails: ReceivedMail[];
  to(address: string): ReceivedMail[];
  stop(): Promise<void>;
}

const addressOf = (mail: ParsedMail): string[] => [mail.to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address ?? ''));

/** A real SMTP server that keeps what it takes. */
export async function startMailServer(options: SMTPServerOptions = {}, port = 0): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.key ? [] : ['STARTTLS'],
    logger: false,
    onData: (stream, session, done) => {
      simpleParser(stream).then((mail) => {
        mails.push(Object.assign(mail, { secure: session.secure, user: session.user }));
        done();
      }, done);
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    to: (address) => mails.filter((mail) => addressOf(mail).includes(address)),
    stop: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
