import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { WebAddress } from './web-address.js';
import { IsBusAddress, type BusSettings } from '../bus/bus-address.js';

/** Reads a number from the environment's text. */
export const FromText = () => Transform(({ value }) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value));

/** Settings that every service has. Apps extend it in their own config.ts. */
export class ServiceConfig implements BusSettings {
  /** The service's own database, as a role that owns none of its tables: row-level security holds for it. */
  @Matches(/^postgres(ql)?:\/\//, { message: 'DATABASE_URL must be a postgres:// URL' })
  DATABASE_URL: string;

  /** The same database as the owner of its tables, used at the start to bring them up to date. Absent: they must be so already. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, { message: 'MIGRATION_DATABASE_URL must be a postgres:// URL' })
  MIGRATION_DATABASE_URL?: string;

  /** Outside this machine: `tls://`, with NATS_CA_FILE and a user. */
  @IsBusAddress()
  NATS_URL: string;

  /** File with the seed (`SU…`) of this service's own user of the bus. */
  @IsOptional()
  @IsString()
  NATS_NKEY_SEED_FILE?: string;

  /** Where the bus knows users by password instead. */
  @IsOptional()
  @IsString()
  NATS_USER?: string;

  @IsOptional()
  @IsString()
  NATS_PASSWORD?: string;

  /** PEM file of the authority that signed the certificate of the bus. */
  @IsOptional()
  @IsString()
  NATS_CA_FILE?: string;

  /** PEM files of a client certificate, where the bus asks for one. */
  @IsOptional()
  @IsString()
  NATS_CERT_FILE?: string;

  @IsOptional()
  @IsString()
  NATS_KEY_FILE?: string;

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
  @WebAddress('OTEL_EXPORTER_OTLP_ENDPOINT')
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;

  /** Folder of this service's own key files, which no other service can read: above all the private key that it signs with. */
  @IsString()
  KEYS_DIR: string;

  /** Where the public half of its signing key is published in development. Absent: KEYS_DIR. */
  @IsOptional()
  @IsString()
  PUBLIC_KEYS_DIR?: string;

  /** Public keys of the service whose signatures it trusts. Absent: KEYS_DIR. */
  @IsOptional()
  @IsString()
  TRUSTED_KEYS_DIR?: string;
}
