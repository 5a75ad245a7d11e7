import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  deliveryStatuses,
  mailModes,
  noticeKinds,
  noticeUrgencies,
  type DeliveryStatus,
  type MailMode,
  type NoticeKind,
  type NoticeUrgency,
} from '../notice-kinds.js';

/** Something that a person is told, in plain words. */
export class NotificationAnswer {
  @IsUUID()
  notification_id: string;

  @IsIn(noticeKinds)
  kind: NoticeKind;

  @IsIn(noticeUrgencies)
  urgency: NoticeUrgency;

  @IsString()
  subject: string;

  @IsString()
  text: string;

  @IsString()
  what_to_do: string;

  /** Path of the page of what it is about, below the address of the gateway. */
  @IsString()
  link: string;

  @IsOptional()
  @IsUUID()
  flow_id: string | null;

  @IsISO8601()
  occurred_at: string;

  /** Null while the person has not read it. */
  @IsOptional()
  @IsISO8601()
  read_at: string | null;
}

export class NotificationCountAnswer {
  @IsInt()
  unread: number;

  /** Of these, what is urgent. */
  @IsInt()
  urgent: number;
}

export class MailPreference {
  @IsIn(noticeKinds)
  kind: NoticeKind;

  @IsIn(mailModes)
  mode: MailMode;
}

export class SetMailPreferencesRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(noticeKinds.length)
  @ValidateNested({ each: true })
  @Type(() => MailPreference)
  preferences: MailPreference[];
}

/** How a person is mailed about one kind. */
export class MailPreferenceAnswer extends MailPreference {
  @IsIn(mailModes)
  default_mode: MailMode;

  /** Whether this person may switch it off. */
  @IsBoolean()
  can_be_off: boolean;
}

export class CreateWebhookEndpointRequest {
  @IsString()
  @MaxLength(2000)
  url: string;

  /** Absent or empty: everything. */
  @IsOptional()
  @IsArray()
  @IsIn(noticeKinds, { each: true })
  kinds?: NoticeKind[] | null;

  @IsString()
  @MaxLength(500)
  @Matches(/\S/, { message: '$property must say something' })
  description: string;
}

export class ChangeWebhookEndpointRequest {
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  url?: string | null;

  @IsOptional()
  @IsArray()
  @IsIn(noticeKinds, { each: true })
  kinds?: NoticeKind[] | null;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  @Matches(/\S/, { message: '$property must say something' })
  description?: string | null;

  /** Enabling it again forgets its failures. */
  @IsOptional()
  @IsBoolean()
  enabled?: boolean | null;
}

export class WebhookEndpointAnswer {
  @IsUUID()
  endpoint_id: string;

  /** Rises with every change; also the answer's ETag, for If-Match. */
  @IsInt()
  @Min(1)
  version: number;

  @IsString()
  url: string;

  @IsArray()
  @IsIn(noticeKinds, { each: true })
  kinds: NoticeKind[];

  @IsString()
  description: string;

  @IsBoolean()
  enabled: boolean;

  @IsOptional()
  @IsString()
  disabled_reason: string | null;

  /** Since when no delivery has succeeded; null when the last one did. */
  @IsOptional()
  @IsISO8601()
  failing_since: string | null;

  /** Until when the secret before the last rotation signs as well. */
  @IsOptional()
  @IsISO8601()
  old_secret_until: string | null;

  @IsString()
  created_by: string;

  @IsISO8601()
  created_at: string;
}

/** The only answers that ever show a secret. */
export class WebhookSecretAnswer extends WebhookEndpointAnswer {
  /** `whsec_…`; cannot be read again. */
  @IsString()
  secret: string;
}

export class WebhookAttemptAnswer {
  @IsInt()
  attempt: number;

  @IsISO8601()
  at: string;

  /** HTTP status; null when no answer came. */
  @IsOptional()
  @IsInt()
  status: number | null;

  @IsInt()
  latency_ms: number;

  @IsOptional()
  @IsString()
  error: string | null;
}

export class WebhookDeliveryAnswer {
  /** The `webhook-id` of every attempt. */
  @IsUUID()
  delivery_id: string;

  @IsUUID()
  endpoint_id: string;

  @IsString()
  kind: string;

  @IsIn(deliveryStatuses)
  status: DeliveryStatus;

  @IsInt()
  attempts: number;

  @IsISO8601()
  created_at: string;

  @IsOptional()
  @IsISO8601()
  next_attempt_at: string | null;

  @IsOptional()
  @IsISO8601()
  delivered_at: string | null;

  /** The last twenty, the newest first. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => WebhookAttemptAnswer)
  log: WebhookAttemptAnswer[];
}
