import { IsInt, IsUUID, Min } from 'class-validator';

/** Makes a service refuse every command that would change this flow's evidence. Repeating it answers the same. */
export class SealFlow {
  @IsUUID()
  flow_id: string;

  @IsInt()
  @Min(1)
  gate_no: number;
}
export class UnsealFlow extends SealFlow {}
