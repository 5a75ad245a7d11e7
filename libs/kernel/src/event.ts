/** A fact of one aggregate: its name in the past tense and its data (JSON, snake_case). */
export interface Event<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}
