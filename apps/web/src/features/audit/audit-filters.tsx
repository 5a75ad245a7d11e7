import { Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useAddress } from '../../ui/use-address.js';
import type { Filters } from './queries.js';

const names = ['text', 'actor', 'type', 'outcome', 'flow_id', 'from', 'to'] as const;

/** The filter that the address says. */
export function filtersOf(search: URLSearchParams): Filters {
  const found: Filters = {};
  for (const name of names) {
    const value = search.get(name);
    if (value) found[name] = value;
  }
  return found;
}

const waitMs = 300;

function TextFilter({ name, label, search = false }: { name: (typeof names)[number]; label: string; search?: boolean }) {
  const [params, set] = useAddress();
  const [typed, setTyped] = useState(params.get(name) ?? '');
  const apply = useDebouncedCallback((value: string) => set(name, value, { replace: true }), waitMs);
  return (
    <TextInput
      w={150}
      label={label}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        apply(event.currentTarget.value.trim());
      }}
      {...(search ? { 'data-search': true } : {})}
    />
  );
}

function DayFilter({ name, label }: { name: 'from' | 'to'; label: string }) {
  const [params, setInAddress] = useAddress();
  const day = (params.get(name) ?? '').slice(0, 10);
  const set = (value: string) =>
    setInAddress(name, value && new Date(`${value}T${name === 'from' ? '00:00:00.000' : '23:59:59.999'}Z`).toISOString());
  return <TextInput w={150} type="date" label={label} value={day} onChange={(event) => set(event.currentTarget.value)} />;
}

export function AuditFilters() {
  const [params, set] = useAddress();
  const [, setParams] = useSearchParams();
  const [cleared, setCleared] = useState(0);
  const outcome = params.get('outcome');
  return (
    <Group align="flex-end" gap="xs" role="search" aria-label="Filter the trail" key={cleared}>
      <TextFilter name="text" label="Text" search />
      <TextFilter name="actor" label="Who" />
      <TextFilter name="type" label="Kind" />
      <Select
        w={140}
        label="Outcome"
        clearable
        clearButtonProps={{ 'aria-label': 'Every outcome' }}
        value={outcome}
        data={[
          { value: 'done', label: 'Done' },
          { value: 'refused', label: 'Refused' },
        ]}
        onChange={(value) => set('outcome', value)}
      />
      <DayFilter name="from" label="From (UTC day)" />
      <DayFilter name="to" label="To (UTC day)" />
      <Button
        variant="default"
        onClick={() => {
          setParams(new URLSearchParams());
          setCleared(cleared + 1);
        }}
      >
        Clear
      </Button>
    </Group>
  );
}
