import { useState } from 'preact/hooks';
import { countryOfState } from '../../identity/countries';
import { dateOfBirth, dateOfExpiry, type Mrz, parseMrz } from '../../identity/mrz';
import { type MessageId, t } from '../../text/text';
import { FaultSummary, FormFrame, TextArea } from '../../ui/fields';
import { type Form, useForm } from '../../ui/form';
import { Button, Details, Note } from '../../ui/pieces';
import { valuesOfZone } from './arrival_values';
import { today } from './day_words';
import { mrzFaultInWords } from './mrz_words';

/** What the lines leave to the person. */
function leftOpen(mrz: Mrz): MessageId[] {
  return [
    ...(mrz.nameMayBeCut ? ['mrz.taken.cut' as const] : []),
    ...(dateOfBirth(mrz, today()).ok ? [] : ['mrz.taken.birth' as const]),
    ...(dateOfExpiry(mrz, today()).ok ? [] : ['mrz.taken.expiry' as const]),
    ...(countryOfState(mrz.nationality) === null ? ['mrz.taken.citizenship' as const] : []),
  ];
}

/** The lines at the edge of a document, typed or pasted, fill in a person's fields. They are not kept themselves. */
export function ZoneFields({ person, into }: { person: number; into: Form }) {
  const form = useForm({ zone: '' });
  const [taken, tell] = useState<readonly MessageId[] | null>(null);
  const take = () => {
    const zone = parseMrz(form.value('zone'));
    tell(zone.ok ? leftOpen(zone.value) : null);
    if (!zone.ok) {
      const { why } = zone;
      return form.fail([{ field: 'zone', words: () => mrzFaultInWords(why) }]);
    }
    form.fail([]);
    for (const [name, value] of Object.entries(valuesOfZone(zone.value, person, today()))) into.set(name, value);
  };
  return (
    <>
      <Details summary={t('mrz.title')}>
        <p>{t('mrz.what')}</p>
        <FaultSummary form={form} />
        <FormFrame form={form} onSubmit={take}>
          <TextArea form={form} name="zone" label={t('mrz.lines')} hint={t('mrz.lines.hint')} rows={3} />
          <p class="actions"><Button second type="submit">{t('mrz.take')}</Button></p>
        </FormFrame>
      </Details>
      {taken && <Note good><p>{t('mrz.taken')}</p>{taken.map((id) => <p key={id}>{t(id)}</p>)}</Note>}
    </>
  );
}
