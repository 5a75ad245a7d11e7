import { NumberInput, Select, SimpleGrid, Textarea } from '@mantine/core';
import type { Assignment } from '../assignments/queries.js';
import { KeptForm } from './kept-form.js';
import { useKeptInput } from './use-kept-input.js';

interface Note {
  text: string;
  system_id?: string | null;
  percent?: number | null;
}

/** More names than this are no choice: typing narrows them down. */
const mostNames = 100;

const empty: Note = { text: '' };

/** How the work goes, in words that stand in the timeline. */
export function NoteForm({ flowId, systems }: { flowId: string; systems: readonly Assignment[] }) {
  const input = useKeptInput(flowId, 'progress_note', empty, 'The note stands in the timeline.');
  const { content, change } = input;
  return (
    <KeptForm
      title="Progress note"
      says="For everybody who follows this flow; it stands in the timeline and cannot be changed."
      roles={['operator', 'data_owner', 'compliance', 'legal']}
      input={input as never}
      confirm="Leave the note"
    >
      <Textarea
        label="Note"
        required
        autosize
        minRows={2}
        maxLength={4000}
        value={content.text}
        onChange={(event) => change({ ...content, text: event.currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label="About a system"
          clearable
          searchable
          limit={mostNames}
          clearButtonProps={{ 'aria-label': 'About the whole flow' }}
          placeholder="The whole flow"
          data={systems.map(({ system_id, system_name }) => ({ value: system_id, label: system_name }))}
          value={content.system_id ?? null}
          onChange={(system_id) => change({ ...content, system_id })}
        />
        <NumberInput
          label="Done, in percent"
          min={0}
          max={100}
          allowDecimal={false}
          value={content.percent ?? ''}
          onChange={(value) => change({ ...content, percent: value === '' ? null : Number(value) })}
        />
      </SimpleGrid>
    </KeptForm>
  );
}
