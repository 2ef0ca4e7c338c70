import type { ComponentChildren } from 'preact';
import { t } from '../text/text';
import { monthOf, yearOf } from './day_values';
import { Group, inputId } from './fields';
import type { Form } from './form';

interface Props {
  form: Form;
  name: string;
  label: string;
  hint?: ComponentChildren;
}

/** A day, typed as three numbers (day_values.ts). */
export function DateField({ form, name, label, hint }: Props) {
  const fault = form.faultOf(name);
  const input = (field: string, words: string, length: number) => (
    <div class={length > 2 ? 'part long' : 'part'}>
      <label for={inputId(field)}>{words}</label>
      <input
        id={inputId(field)} name={field} type="text" inputMode="numeric" autocomplete="off" maxLength={length}
        value={form.value(field)} aria-invalid={fault ? true : undefined}
        onInput={({ currentTarget }) => form.set(field, currentTarget.value)}
      />
    </div>
  );
  return (
    <Group form={form} name={name} label={label} hint={hint}>
      <div class="date">
        {input(name, t('form.day'), 2)}
        {input(monthOf(name), t('form.month'), 2)}
        {input(yearOf(name), t('form.year'), 4)}
      </div>
    </Group>
  );
}
