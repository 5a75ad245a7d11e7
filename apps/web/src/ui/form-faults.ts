import type { FieldPath, FieldValues, UseFormSetError } from 'react-hook-form';
import { asProblem } from '../api/problem.js';

/** Shows what the gateway found wrong beside the fields that it names (JSON pointers); what names no field stays in the alert. */
export function setFaults<Form extends FieldValues>(
  error: unknown,
  setError: UseFormSetError<Form>,
  fields: readonly FieldPath<Form>[],
): void {
  for (const { pointer, detail } of asProblem(error).body.errors ?? []) {
    const name = pointer.replace(/^[/#]+/, '').replaceAll('/', '.');
    const field = fields.find((each) => each === name);
    if (field) setError(field, { type: 'server', message: detail });
  }
}
