import { Transform } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { CodedError } from '@lastcopy/kernel';
import { FromText } from '@lastcopy/platform';
import { ApprovalConfig } from '../approval/approval-config.js';

const NamesFromText = () =>
  Transform(({ value }) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((each) => each.trim().toLowerCase())
          .filter(Boolean)
      : value,
  );

const aDayMs = 86_400_000;

/** How people and other systems are told what happened. */
export class NotificationConfig extends ApprovalConfig {
  /** `smtp://user:password@host:port` or `smtps://…`. Absent, and without SMTP_HOST: no mail; in development the mailbox page instead. */
  @IsOptional()
  @Matches(/^smtps?:\/\/\S+$/, { message: 'SMTP_URL must be an smtp:// or smtps:// URL' })
  SMTP_URL?: string;

  @IsOptional()
  @Matches(/^[^\s/@]+$/, { message: 'SMTP_HOST must be a host name' })
  SMTP_HOST?: string;

  /** Absent: 465 for `implicit`, else 587. */
  @IsOptional()
  @FromText()
  @IsInt()
  @Min(1)
  @Max(65_535)
  SMTP_PORT?: number;

  @IsOptional()
  @IsString()
  SMTP_USER?: string;

  @IsOptional()
  @IsString()
  SMTP_PASSWORD?: string;

  /** `none` sends in plain text: for a relay on this machine, or in development. */
  @IsIn(['starttls', 'implicit', 'none'])
  SMTP_TLS: 'starttls' | 'implicit' | 'none' = 'starttls';

  /** PEM file of the authority of the mail server's certificate, where the system does not know it. */
  @IsOptional()
  @IsString()
  SMTP_CA_FILE?: string;

  @Matches(/^[^\s@<>"(),:;]+@[^\s@<>"(),:;]+$/, { message: 'MAIL_FROM must be an address alone, for instance lastcopy@example.org' })
  MAIL_FROM: string = 'lastcopy@localhost';

  /** Hour of the day (UTC) of the digest. */
  @FromText()
  @IsInt()
  @Min(0)
  @Max(23)
  MAIL_DIGEST_HOUR: number = 6;

  /** After a mail of one kind, further ones of that kind wait this long and go out as one. */
  @FromText()
  @IsInt()
  @Min(0)
  @Max(3_600_000)
  MAIL_GROUP_MS: number = 60_000;

  /** How often what is due is looked for. */
  @FromText()
  @IsInt()
  @Min(20)
  @Max(60_000)
  NOTIFY_POLL_MS: number = 1_000;

  /** Wait before the second attempt; doubled each time, with jitter. */
  @FromText()
  @IsInt()
  @Min(10)
  @Max(3_600_000)
  NOTIFY_RETRY_MS: number = 5_000;

  /** What could not be delivered for so long is given up. */
  @FromText()
  @IsInt()
  @Min(100)
  @Max(30 * aDayMs)
  NOTIFY_GIVE_UP_MS: number = aDayMs;

  /**
   * Where webhooks may lead, separated by commas: `hooks.example.org`, `hooks.example.org:8443`, `*.example.org`. An address or a network
   * (`10.1.2.3`, `10.1.0.0/16`) admits names that lead to private addresses there.
   */
  @NamesFromText()
  @IsArray()
  @Matches(/^(\*\.)?[a-z0-9._:[\]/-]+$/, { each: true, message: 'WEBHOOK_ALLOW_LIST must list hosts, addresses or networks, with commas' })
  WEBHOOK_ALLOW_LIST: string[] = [];

  @FromText()
  @IsInt()
  @Min(100)
  @Max(60_000)
  WEBHOOK_TIMEOUT_MS: number = 10_000;

  /** An endpoint that takes nothing for so long is disabled. */
  @FromText()
  @IsInt()
  @Min(1_000)
  @Max(90 * aDayMs)
  WEBHOOK_DISABLE_AFTER_MS: number = 3 * aDayMs;

  /** How long the secret before a rotation signs as well. */
  @FromText()
  @IsInt()
  @Min(0)
  @Max(30 * aDayMs)
  WEBHOOK_ROTATION_MS: number = aDayMs;
}

export const hasMailServer = ({ SMTP_URL, SMTP_HOST }: NotificationConfig): boolean => Boolean(SMTP_URL ?? SMTP_HOST);
const isLoopback = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(host);

/**
 * Throws CONFIGURATION_INVALID when mail would go out in plain text, from or to nowhere, or stand on a page for everybody. Never names a value.
 * @param nodeEnv the environment's NODE_ENV
 */
export function checkNotifications(config: NotificationConfig, nodeEnv: string | undefined): void {
  const invalid = (message: string): never => {
    throw new CodedError('CONFIGURATION_INVALID', message);
  };
  if (config.SMTP_URL && config.SMTP_HOST) invalid('Set SMTP_URL or SMTP_HOST, not both');
  if (config.SMTP_URL && !URL.canParse(config.SMTP_URL)) invalid('SMTP_URL is no URL');
  if (!hasMailServer(config) && config.LASTCOPY_ENV === 'development' && nodeEnv === 'production') {
    invalid(
      'NODE_ENV says production, and LASTCOPY_ENV=development would show every mail to everybody on /dev/mailbox: set SMTP_URL, or make both say the same',
    );
  }
  if (!hasMailServer(config) || config.LASTCOPY_ENV !== 'production') return;
  const host = config.SMTP_HOST ?? new URL(config.SMTP_URL!).hostname;
  if (config.SMTP_TLS === 'none' && !isLoopback(host)) invalid('SMTP_TLS=none would send mail in plain text: use starttls or implicit');
  if (config.MAIL_FROM.endsWith('@localhost')) invalid('MAIL_FROM must be an address of yours, for instance lastcopy@example.org');
  if (!config.PUBLIC_URL) invalid('PUBLIC_URL must be set where mail is sent: the links in it lead there');
}
