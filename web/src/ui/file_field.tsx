import { Around, describing, inputId, type Labelled } from './fields';

/** A file of the device. Its content goes to `onChosen` alone, never into the form's values. */
export function FileField({ accept, onChosen, ...labelled }: Labelled & { accept: string; onChosen: (file: File | null) => void }) {
  const { form, name, hint } = labelled;
  const fault = form.faultOf(name);
  return (
    <Around {...labelled}>
      <input
        id={inputId(name)} name={name} type="file" accept={accept} aria-invalid={fault ? true : undefined} {...describing(name, hint, fault)}
        onChange={({ currentTarget }) => onChosen(currentTarget.files?.[0] ?? null)}
      />
    </Around>
  );
}
