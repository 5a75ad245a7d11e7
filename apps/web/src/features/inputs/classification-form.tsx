import { MultiSelect } from '@mantine/core';
import { dataClassifications } from '@lastcopy/contracts/vocabulary';
import type { Assignment } from '../assignments/queries.js';
import { LongList } from '../../ui/long-list.js';
import { KeptForm } from './kept-form.js';
import { useKeptInput } from './use-kept-input.js';

interface Classified {
  system_id: string;
  data_classification: string[];
}

const empty: { systems: Classified[] } = { systems: [] };

const rowPx = 84;
const idOf = ({ system_id }: Assignment): string => system_id;

/** What kinds of data the systems hold; it becomes the classification of the systems themselves. */
export function ClassificationForm({ flowId, systems }: { flowId: string; systems: readonly Assignment[] }) {
  const input = useKeptInput(flowId, 'classification', empty, 'The classification is submitted; policies are assigned anew.');
  const of = (systemId: string) => input.content.systems.find(({ system_id }) => system_id === systemId);
  const change = (systemId: string, data_classification: string[]) => {
    const others = input.content.systems.filter(({ system_id }) => system_id !== systemId);
    input.change({ systems: data_classification.length > 0 ? [...others, { system_id: systemId, data_classification }] : others });
  };
  return (
    <KeptForm
      title="Classification"
      says="Only for systems whose data is another than was registered; what is left as it is, is not sent."
      roles={['operator']}
      input={input as never}
      confirm="Submit the classification"
    >
      <LongList label="Classification of the systems" rows={systems} rowId={idOf} rowPx={rowPx}>
        {({ system_id, system_name, data_classification }) => (
          <MultiSelect
            label={system_name}
            description={`Now: ${data_classification.join(', ') || 'nothing'}`}
            data={[...dataClassifications]}
            searchable
            value={of(system_id)?.data_classification ?? []}
            onChange={(value) => change(system_id, value)}
          />
        )}
      </LongList>
    </KeptForm>
  );
}
