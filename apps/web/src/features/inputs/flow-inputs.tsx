import { Stack } from '@mantine/core';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { useAssignments } from '../assignments/queries.js';
import { ClassificationForm } from './classification-form.js';
import { ComplianceForm } from './compliance-form.js';
import { DestinationForm } from './destination-form.js';
import { NoteForm } from './note-form.js';
import { SubmittedInputs } from './submitted-inputs.js';

/** What people have to say about a flow by hand; each is kept as a draft until it is submitted. */
export function FlowInputs({ flowId }: { flowId: string }) {
  const assignments = useAssignments(flowId);
  if (assignments.isPending) return <RowsSkeleton rows={6} />;
  if (!assignments.data) return <ProblemAlert error={assignments.error} retry={() => void assignments.refetch()} />;
  const systems = assignments.data.items;
  return (
    <Stack>
      <ComplianceForm flowId={flowId} systems={systems} />
      <DestinationForm flowId={flowId} systems={systems} />
      <ClassificationForm flowId={flowId} systems={systems} />
      <NoteForm flowId={flowId} systems={systems} />
      <SubmittedInputs flowId={flowId} />
    </Stack>
  );
}
