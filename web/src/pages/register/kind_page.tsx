import { useEffect } from 'preact/hooks';
import { get } from '../../api/client';
import { kinds, me, profile } from '../../api/wire';
import { goTo } from '../../app/places';
import { parsed } from '../../base/decode';
import { keep, kept } from '../../drafts/storage';
import { rich, t } from '../../text/text';
import { Radios } from '../../ui/fields';
import { OnItsWay, useLate, useLoaded } from '../../ui/loading';
import { AddressText, Link } from '../../ui/pieces';
import { kindIn } from './draft';
import { StepPage, useStep } from './step';

/** So long the question waits for what is registered already: it can be answered without, and should not jump. */
const patience_ms = 1_000;

/** The rules of the place, from the last time there was a connection: they are public. */
function useProfile() {
  const { value } = useLoaded(() => get('/api/v1/profile', profile, { gated: false }));
  useEffect(() => {
    if (value) keep('profile', value);
  }, [value]);
  const before = kept('profile');
  return value ?? (before === null ? null : parsed(profile, before));
}

/** What kind of residence it is. */
export default function KindPage() {
  const form = useStep('register');
  const rules = useProfile()?.profile;
  const { value: person, failure } = useLoaded(() => get('/api/v1/me', me));
  const late = useLate(patience_ms);
  const main = person?.registrations.find((one) => one.kind === 'main' && one.ended === null);
  useEffect(() => {
    if (form && form.value('kind') === '' && rules && main !== undefined) form.set('kind', 'secondary');
  }, [main, rules]);
  if (!form) return null;
  if (!person && !failure && !late && form.faults.length === 0) return <OnItsWay words={t('app.loading')} />;
  const here = kinds.filter((kind) => !rules || rules.kinds.some((rule) => rule.kind === kind));
  const next = () => {
    const kind = kindIn(form.values);
    if (kind === null) return form.fail([{ field: 'kind', id: 'register.kind.missing' }]);
    if (kind === 'main' && main) return form.fail([{ field: 'kind', id: 'register.kind.second-main' }]);
    goTo('register/address');
  };
  return (
    <StepPage step="register" title={t('register.kind')} form={form} button={t('register.next')} onSubmit={next}>
      {main && (
        <div class="note">
          <p>{rich('register.main-already', { link: (words) => <Link to={`registrations/${main.id}/move`}>{words}</Link> })}</p>
          <AddressText address={main.address} />
        </div>
      )}
      <Radios
        form={form} name="kind" label={t('register.kind.legend')}
        options={here.map((kind) => ({ value: kind, label: t(`kind.${kind}`), hint: t(`kind.${kind}.what`) }))}
      />
    </StepPage>
  );
}
