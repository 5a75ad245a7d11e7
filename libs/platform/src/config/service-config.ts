import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';

/** Reads a number from the environment's text. */
export const FromText = () => Transform(({ value }) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value));

/** Settings that every service has. Apps extend it in their own config.ts. */
export class ServiceConfig {
  /** The service's own database, as a role that owns its schema. */
  @Matches(/^postgres(ql)?:\/\//, { message: 'DATABASE_URL must be a postgres:// URL' })
  DATABASE_URL: string;

  @Matches(/^(nats|tls):\/\//, { message: 'NATS_URL must be a nats:// or tls:// URL' })
  NATS_URL: string;

  /** 0 takes any free port. */
  @FromText()
  @IsInt()
  @Min(0)
  @Max(65535)
  PORT: number = 0;

  @IsString()
  HOST: string = '127.0.0.1';

  @IsIn(['development', 'production'])
  LASTCOPY_ENV: 'development' | 'production' = 'production';

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
  LOG_LEVEL: string = 'info';

  @IsOptional()
  @Matches(/^https?:\/\//, { message: 'OTEL_EXPORTER_OTLP_ENDPOINT must be an http(s) URL' })
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;

  /** Folder of key files: signing keys, and in development the wrapping keys. */
  @IsString()
  KEYS_DIR: string;
}
