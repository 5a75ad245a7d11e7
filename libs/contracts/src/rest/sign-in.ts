import { IsInt, IsObject, IsString, IsUrl } from 'class-validator';

/** What a browser needs to sign a person in: authorization code with PKCE, without a secret. */
export class SignInSettingsAnswer {
  @IsUrl({ require_tld: false })
  issuer: string;

  @IsString()
  client_id: string;

  @IsString()
  scope: string;

  /** What else the issuer wants to be asked with, for instance `{"audience": "lastcopy"}`. */
  @IsObject()
  parameters: Record<string, string>;

  /** Where in an access token the client account stands: a claim's name, or the path to it. */
  @IsString()
  client_account_claim: string;

  /** Where the engagements stand, one or a list. */
  @IsString()
  engagements_claim: string;

  /** A signature asks for a sign-in that is no older. */
  @IsInt()
  signature_max_age_s: number;
}
