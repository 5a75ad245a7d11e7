import { IsArray, IsBoolean, IsEmail, IsISO8601, IsOptional, IsString } from 'class-validator';

/** Somebody who has signed in for the tenant. */
export class PersonAnswer {
  @IsString()
  user_id: string;

  @IsString()
  name: string;

  /** Null when none is known, and for those who neither ask for anything nor decide. */
  @IsOptional()
  @IsEmail()
  email: string | null;

  @IsArray()
  @IsString({ each: true })
  roles: string[];

  @IsOptional()
  @IsISO8601()
  last_seen_at: string | null;
}

/** Who asks, as the gateway understood the token. */
export class WhoAmIAnswer {
  @IsString()
  user_id: string;

  @IsString()
  name: string;

  @IsArray()
  @IsString({ each: true })
  roles: string[];

  @IsArray()
  @IsString({ each: true })
  permissions: string[];

  /** When this person last proved who they are; null when the token does not say. */
  @IsOptional()
  @IsISO8601()
  authenticated_at: string | null;

  @IsBoolean()
  service_account: boolean;
}
