import path from 'node:path';
import { Transform } from 'class-transformer';
import { IsObject, IsOptional, IsString } from 'class-validator';
import { NotificationConfig } from '../notification/notification-config.js';

const built = path.resolve(import.meta.dirname, '../../../web/dist');

const fromJson = ({ value }: { value: unknown }): unknown => {
  try {
    return typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
  } catch {
    return value;
  }
};

/** The pages that the gateway serves, and how people sign in to them. */
export class WebAppConfig extends NotificationConfig {
  /** The built web app. @default the one of this workspace */
  @IsString()
  WEB_DIR: string = built;

  /** The web app's public client at the issuer; it leads back to `<PUBLIC_URL>/signed-in`, and to `<PUBLIC_URL>/login` after signing out. */
  @IsString()
  WEB_CLIENT_ID: string = 'lastcopy-web';

  @IsString()
  WEB_SCOPE: string = 'openid profile email offline_access';

  /** JSON object: what else the issuer wants to be asked with, for instance `{"audience": "lastcopy"}`. */
  @IsOptional()
  @Transform(fromJson)
  @IsObject()
  WEB_SIGN_IN_PARAMETERS?: Record<string, string>;

  /** Origins besides the issuer's that the browser may speak to, separated by spaces: where its token or revocation endpoint is elsewhere. */
  @IsString()
  WEB_CONNECT_ORIGINS: string = '';
}
