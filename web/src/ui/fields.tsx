import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../text/text';
import { type Fault, type Form, wordsOf } from './form';
import { Unseen } from './pieces';
import { useChild } from './whom';

/** The id of a field's first input: what the summary of errors leads to. */
export const inputId = (name: string) => `field-${name}`;

export interface Labelled {
  form: Form;
  name: string;
  label: string;
  hint?: ComponentChildren;
}

function FaultText({ id, fault }: { id: string; fault: Fault }) {
  const child = useChild();
  const own = 'said' in fault ? { lang: 'en' } : {};
  return <p class="error" id={id} {...own}><Unseen>{t('form.error')}</Unseen> {wordsOf(fault, child?.name)}</p>;
}

/** What describes an input: ids of its hint and its error. */
export function describing(name: string, hint: unknown, fault: unknown) {
  const ids = [hint ? `hint-${name}` : '', fault ? `error-${name}` : ''].filter(Boolean).join(' ');
  return ids ? { 'aria-describedby': ids } : {};
}

export function Around({ form, name, label, hint, children }: Labelled & { children: ComponentChildren }) {
  const fault = form.faultOf(name);
  return (
    <div class={fault ? 'field at-fault' : 'field'}>
      <label for={inputId(name)}>{label}</label>
      {hint && <p class="hint" id={`hint-${name}`}>{hint}</p>}
      {fault && <FaultText id={`error-${name}`} fault={fault} />}
      {children}
    </div>
  );
}

interface TextFieldProps extends Labelled {
  width?: 'narrow' | 'medium' | 'full';
  type?: 'text' | 'email';
  autocomplete?: string;
  inputMode?: 'text' | 'numeric' | 'email';
  capitals?: boolean;
}

export function TextField({ width = 'full', type = 'text', autocomplete = 'off', inputMode, capitals = false, ...labelled }: TextFieldProps) {
  const { form, name, hint } = labelled;
  const fault = form.faultOf(name);
  return (
    <Around {...labelled}>
      <input
        id={inputId(name)} name={name} type={type} list={undefined} class={capitals ? `${width} capitals` : width} value={form.value(name)}
        autocomplete={autocomplete} inputMode={inputMode} spellcheck={false} autocapitalize={capitals ? 'characters' : 'sentences'}
        aria-invalid={fault ? true : undefined} dir="auto" {...describing(name, hint, fault)}
        onInput={({ currentTarget }) => form.set(name, currentTarget.value)}
      />
    </Around>
  );
}

export function TextArea({ rows, ...labelled }: Labelled & { rows: number }) {
  const { form, name, hint } = labelled;
  const fault = form.faultOf(name);
  return (
    <Around {...labelled}>
      <textarea
        id={inputId(name)} name={name} rows={rows} value={form.value(name)} spellcheck={false} dir="auto"
        aria-invalid={fault ? true : undefined} {...describing(name, hint, fault)}
        onInput={({ currentTarget }) => form.set(name, currentTarget.value)}
      />
    </Around>
  );
}

export function SelectField({ children, ...labelled }: Labelled & { children: ComponentChildren }) {
  const { form, name, hint } = labelled;
  const fault = form.faultOf(name);
  return (
    <Around {...labelled}>
      <select
        id={inputId(name)} name={name} value={form.value(name)} aria-invalid={fault ? true : undefined}
        {...describing(name, hint, fault)} onChange={({ currentTarget }) => form.set(name, currentTarget.value)}
      >
        {children}
      </select>
    </Around>
  );
}

/** A group of inputs with one question. */
export function Group({ form, name, label, hint, children }: Labelled & { children: ComponentChildren }) {
  const fault = form.faultOf(name);
  return (
    <fieldset class={fault ? 'field at-fault' : 'field'} {...describing(name, hint, fault)}>
      <legend>{label}</legend>
      {hint && <p class="hint" id={`hint-${name}`}>{hint}</p>}
      {fault && <FaultText id={`error-${name}`} fault={fault} />}
      {children}
    </fieldset>
  );
}

export interface Option {
  value: string;
  label: string;
  hint?: string | undefined;
}

function Choice({ id, option, input }: { id: string; option: Option; input: ComponentChildren }) {
  return (
    <div class="choice">
      {input}
      <label for={id}>{option.label}</label>
      {option.hint && <p class="hint" id={`hint-${id}`}>{option.hint}</p>}
    </div>
  );
}

export function Radios({ options, ...labelled }: Labelled & { options: readonly Option[] }) {
  const { form, name } = labelled;
  return (
    <Group {...labelled}>
      {options.map((option, i) => {
        const id = i === 0 ? inputId(name) : `${inputId(name)}-${i}`;
        const input = (
          <input
            id={id} type="radio" name={name} value={option.value} checked={form.value(name) === option.value}
            aria-describedby={option.hint ? `hint-${id}` : undefined} onChange={() => form.set(name, option.value)}
          />
        );
        return <Choice key={option.value} id={id} option={option} input={input} />;
      })}
    </Group>
  );
}

/** The chosen values stand in the form's field, parted by blanks. */
export function Checkboxes({ options, ...labelled }: Labelled & { options: readonly Option[] }) {
  const { form, name } = labelled;
  const chosen = form.value(name).split(' ').filter(Boolean);
  const toggle = (value: string, on: boolean) => form.set(name, options.map((option) => option.value).filter((one) => (one === value ? on : chosen.includes(one))).join(' '));
  return (
    <Group {...labelled}>
      {options.map((option, i) => {
        const id = i === 0 ? inputId(name) : `${inputId(name)}-${i}`;
        const input = (
          <input
            id={id} type="checkbox" name={name} value={option.value} checked={chosen.includes(option.value)}
            aria-describedby={option.hint ? `hint-${id}` : undefined}
            onChange={({ currentTarget }) => toggle(option.value, currentTarget.checked)}
          />
        );
        return <Choice key={option.value} id={id} option={option} input={input} />;
      })}
    </Group>
  );
}

/** What went wrong, above the form: it takes the focus each time, and leads to the fields. */
export function FaultSummary({ form }: { form: Form }) {
  const box = useRef<HTMLDivElement>(null);
  const child = useChild();
  useLayoutEffect(() => {
    if (form.faults.length > 0) box.current?.focus();
  }, [form.tries]);
  if (form.faults.length === 0) return null;
  const lead = (event: Event, field: string) => {
    event.preventDefault();
    const input = document.getElementById(inputId(field));
    input?.focus();
    input?.closest('.field')?.scrollIntoView({ block: 'start' });
  };
  return (
    <div class="summary" ref={box} tabIndex={-1} role="alert" aria-labelledby="summary-title">
      <h2 id="summary-title">{t('form.problem')}</h2>
      <ul>
        {form.faults.map((fault, i) => {
          const { field } = fault;
          const own = 'said' in fault ? { lang: 'en' } : {};
          const words = wordsOf(fault, child?.name);
          return (
            <li key={i} {...own}>
              {field ? <a href={`#${inputId(field)}`} onClick={(event) => lead(event, field)}>{words}</a> : words}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** A form that the browser leaves to us. */
export function FormFrame({ form, onSubmit, children }: { form: Form; onSubmit: () => void; children: ComponentChildren }) {
  const submit = (event: Event) => {
    event.preventDefault();
    if (!form.busy) onSubmit();
  };
  return <form noValidate onSubmit={submit}>{children}</form>;
}
