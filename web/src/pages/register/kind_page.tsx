import { useEffect } from 'preact/hooks';
import { get, getOf } from '../../api/client';
import { kinds, profile, registrations } from '../../api/wire';
import { goTo } from '../../app/places';
import { parsed } from '../../base/decode';
import { keep, kept } from '../../drafts/storage';
import { t } from '../../text/text';
import { Radios } from '../../ui/fields';
import { OnItsWay, useLate, useLoaded } from '../../ui/loading';
import { AddressText, Link } from '../../ui/pieces';
import { pathOf, say, sayRich, useChild } from '../../ui/whom';
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
  const child = useChild();
  const form = useStep('register');
  const rules = useProfile()?.profile;
  const { value: known, failure } = useLoaded(() => getOf(child?.id ?? null, '/api/v1/registrations', registrations));
  const late = useLate(patience_ms);
  const main = known?.registrations.find((one) => one.kind === 'main' && one.ended === null);
  const here = kinds.filter((kind) => !rules || rules.kinds.some((rule) => rule.kind === kind));
  useEffect(() => {
    if (form && form.value('kind') === '' && rules && main !== undefined && here.includes('secondary')) form.set('kind', 'secondary');
  }, [main, rules]);
  if (!form) return null;
  if (!known && !failure && !late && form.faults.length === 0) return <OnItsWay words={t('app.loading')} />;
  const next = () => {
    const kind = kindIn(form.values);
    if (kind === null || !here.includes(kind)) return form.fail([{ field: 'kind', id: 'register.kind.missing' }]);
    if (kind === 'main' && main) return form.fail([{ field: 'kind', id: 'register.kind.second-main' }]);
    goTo(pathOf(child, 'register/address'));
  };
  return (
    <StepPage step="register" title={say(child, 'register.kind')} form={form} button={t('register.next')} onSubmit={next}>
      {main && (
        <div class="note">
          <p>{sayRich(child, 'register.main-already', { link: (words) => <Link to={pathOf(child, `registrations/${main.id}/move`)}>{words}</Link> })}</p>
          <AddressText address={main.address} />
        </div>
      )}
      <Radios
        form={form} name="kind" label={t('register.kind.legend')}
        options={here.map((kind) => ({ value: kind, label: t(`kind.${kind}`), hint: say(child, `kind.${kind}.what`) }))}
      />
    </StepPage>
  );
}
