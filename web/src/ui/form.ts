import { useMemo, useRef, useState } from 'preact/hooks';
import type { Failure } from '../api/client';
import { type Draft, dropDraft, keepDraft, readDraft } from '../drafts/drafts';
import { type MessageId, tOf } from '../text/text';

/** Something that is not right, at a field or at no one field. Its words come when it is shown, in the language of then. */
export type Fault = { field: string | null } & ({ id: MessageId; values?: Readonly<Record<string, string | number>> } | { words: () => string } | { said: string });

/** With the name of a child where the form is about one. */
export function wordsOf(fault: Fault, child: string | null = null): string {
  if ('words' in fault) return fault.words();
  return 'id' in fault ? tOf(child, fault.id, fault.values) : fault.said;
}

export interface Form {
  values: Readonly<Draft>;
  faults: readonly Fault[];
  /** Grows each time that faults were found, so that the summary takes the focus again. */
  tries: number;
  busy: boolean;
  set: (field: string, value: string) => void;
  fail: (faults: readonly Fault[]) => void;
  clear: () => void;
  value: (field: string) => string;
  faultOf: (field: string) => Fault | undefined;
  /** Runs one submission at a time. */
  submit: (work: () => Promise<void>) => void;
}

/** The values of a form. With a `draft` they outlive the page under that name, until `clear`. */
export function useForm(initial: Draft, draft?: string): Form {
  const [values, setValues] = useState<Draft>(() => ({ ...initial, ...(draft ? readDraft(draft) : null) }));
  const [{ faults, tries }, setFaults] = useState<{ faults: readonly Fault[]; tries: number }>({ faults: [], tries: 0 });
  const [busy, setBusy] = useState(false);
  const latest = useRef(values);
  const running = useRef(false);

  return useMemo(() => {
    const set = (field: string, value: string) => {
      latest.current = { ...latest.current, [field]: value };
      setValues(latest.current);
      if (draft) keepDraft(draft, latest.current);
    };
    const submit = (work: () => Promise<void>) => {
      if (running.current) return;
      running.current = true;
      setBusy(true);
      void work().finally(() => {
        running.current = false;
        setBusy(false);
      });
    };
    return {
      values, faults, tries, busy, set, submit,
      fail: (found: readonly Fault[]) => setFaults({ faults: found, tries: tries + 1 }),
      clear: () => draft && dropDraft(draft),
      value: (field: string) => values[field] ?? '',
      faultOf: (field: string) => faults.find((fault) => fault.field === field),
    };
  }, [values, faults, tries, busy, draft]);
}

const general: Record<string, MessageId> = {
  busy: 'problem.busy',
  'out-of-space': 'problem.out-of-space',
  unavailable: 'problem.unavailable',
  corrupted: 'problem.unavailable',
  'key-reused': 'problem.key-reused',
  'not-found': 'problem.not-found',
};

export interface Placing {
  /** The form's field for one of the API's; what has none is shown above the form. */
  fields?: Readonly<Record<string, string>>;
  /** Our words for a refusal, by "type" or "type:field"; else the register's own are shown. */
  words?: Readonly<Record<string, MessageId>>;
}

/** What to show of a request that failed. */
export function faultOf(failure: Failure, { fields = {}, words = {} }: Placing = {}): Fault {
  if (failure.kind !== 'refused') return { field: null, id: `problem.${failure.kind}` };
  const field = failure.field === null ? null : (fields[failure.field] ?? null);
  const id = words[`${failure.type}:${failure.field ?? ''}`] ?? words[failure.type] ?? general[failure.type];
  return id ? { field, id } : { field, said: failure.detail };
}
