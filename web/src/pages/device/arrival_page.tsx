import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { goTo } from '../../app/places';
import { dayOfTime, type Time } from '../../base/day';
import { useStore } from '../../base/store';
import { dropDraft } from '../../drafts/drafts';
import { type ArrivalCheck, type ArrivalDraft, checkArrival, maxTravellers } from '../../rules/arrival';
import { t } from '../../text/text';
import { type Form, useForm, wordsOf } from '../../ui/form';
import { Page } from '../../ui/page';
import { Button, ButtonLink, Link, Note } from '../../ui/pieces';
import { AfterArrival, OpenFile } from './arrival_files';
import { type Lack, lacksIn } from './arrival_faults';
import { news } from './arrival_news';
import { countOf, draftName, newPerson, readArrival, startValues } from './arrival_values';
import { clock, fullDay, nowAtTheBorder, plainDay } from './day_words';
import { Back, OnDevice } from './on_device';
import { nameOf } from './person_name';

/** By when to file: the last moment, large. */
function FileBy({ check, draft }: { check: ArrivalCheck; draft: ArrivalDraft }) {
  const { fileBy, time, needed } = check;
  if (!needed) return <Note good><p>{t('arrival.not-needed')}</p></Note>;
  if (fileBy === null) return <p class="note">{t('arrival.by.unknown')}</p>;
  return (
    <section class="card place" aria-labelledby="by">
      <h2 id="by">{t('arrival.by')}</h2>
      <p class="great">{t('arrival.by.when', { day: fullDay(dayOfTime(fileBy)), time: clock(fileBy) })}</p>
      <p>{draft.emergency === null || draft.emergency === 'none' ? t('arrival.by.usual') : t('arrival.by.emergency')}</p>
      {time === 'late' && <p class="note">{t('arrival.by.late')}</p>}
      {time === 'over' && <p class="note">{t('arrival.by.over')}</p>}
    </section>
  );
}

/** What is missing on one page: labels of what is blank in one line, then sentences. */
function Lacks({ lacks, to, name }: { lacks: readonly Lack[]; to: string; name: ComponentChildren }) {
  if (lacks.length === 0) return null;
  const blank = lacks.map(({ label }) => (label ? t(label) : '')).filter(Boolean);
  return (
    <li>
      <Link to={to}>{name}</Link>
      {blank.length > 0 && <p>{blank.join(' · ')}</p>}
      {lacks.filter(({ label }) => label === null).map(({ fault }, i) => <p key={i}>{wordsOf(fault)}</p>)}
    </li>
  );
}

function Missing({ form }: { form: Form }) {
  const lacks = lacksIn(form.values);
  const people = Array.from({ length: countOf(form.values) }, (_, person) => person);
  const trip = lacks.filter(({ person, fault }) => person === null && fault.field !== 'travellers');
  return (
    <section aria-labelledby="missing">
      <h2 id="missing">{t('arrival.missing')}</h2>
      <ul class="plain">
        <Lacks lacks={trip} to="arrival/trip" name={t('arrival.missing.trip')} />
        {people.map((person) => (
          <Lacks key={person} lacks={lacks.filter((lack) => lack.person === person)} to={`arrival/person/${person + 1}`} name={<bdi>{nameOf(form.values, person)}</bdi>} />
        ))}
        {people.length === 0 && <li>{t('arrival.people.missing')}</li>}
      </ul>
    </section>
  );
}

function Trip({ draft: { entry, lastDay } }: { draft: ArrivalDraft }) {
  const from = (time: Time) => (lastDay === null ? plainDay(dayOfTime(time)) : t('arrival.stay.days', { from: plainDay(dayOfTime(time)), time: clock(time), to: plainDay(lastDay) }));
  return (
    <section aria-labelledby="trip">
      <h2 id="trip">{t('arrival.trip')}</h2>
      {entry !== null && <p>{from(entry)}</p>}
      <p class="actions"><ButtonLink second to="arrival/trip">{t('arrival.trip.change')}</ButtonLink></p>
    </section>
  );
}

function People({ form, check }: { form: Form; check: ArrivalCheck }) {
  const count = countOf(form.values);
  const add = () => {
    for (const [name, value] of Object.entries({ ...newPerson(count), travellers: String(count + 1) })) form.set(name, value);
    goTo(`arrival/person/${count + 1}`);
  };
  return (
    <section aria-labelledby="people">
      <h2 id="people">{t('arrival.people')}</h2>
      {count === 0 && <p>{t('arrival.people.none', { max: maxTravellers })}</p>}
      <ul class="plain">
        {check.exemptions.map((exemption, person) => (
          <li key={person}>
            <Link to={`arrival/person/${person + 1}`}><bdi>{nameOf(form.values, person)}</bdi></Link>
            {exemption && <p>{t('arrival.exempt')} {t(`arrival.exempt.${exemption}`)}</p>}
          </li>
        ))}
      </ul>
      {count < maxTravellers && <p class="actions"><Button second onClick={add}>{t('arrival.people.add')}</Button></p>}
      {count >= maxTravellers && <p class="hint">{t('arrival.people.full', { max: maxTravellers })}</p>}
    </section>
  );
}

/** Takes the draft off the device, after asking once. */
function Forget() {
  const [asked, ask] = useState(false);
  const forget = () => {
    dropDraft(draftName);
    news.set('arrival.forget.done');
    goTo('arrival', 'replace');
  };
  if (!asked) return <p><Button quiet onClick={() => ask(true)}>{t('arrival.forget')}</Button></p>;
  return (
    <Note>
      <p>{t('arrival.forget.sure')}</p>
      <p class="actions"><Button onClick={forget}>{t('arrival.forget.yes')}</Button><Button second onClick={() => ask(false)}>{t('arrival.forget.no')}</Button></p>
    </Note>
  );
}

function News() {
  const id = useStore(news);
  return id && <Note good><p>{t(id)}</p></Note>;
}

/** The form as it stands: by when, what is missing, and the ways on. */
export default function ArrivalPage() {
  const form = useForm(startValues(), draftName);
  const { draft } = readArrival(form.values);
  const check = checkArrival(draft, nowAtTheBorder());
  const whole = lacksIn(form.values).length === 0;
  return (
    <>
      <Back to="helpers">{t('helpers.back')}</Back>
      <Page title={t('arrival.title')}>
        <p class="lead">{t('arrival.lead')}</p>
        <News />
        <p class="note">{t('arrival.model')}</p>
        <OnDevice>{t('arrival.promise')} {t('arrival.never')}</OnDevice>
        <FileBy check={check} draft={draft} />
        <Trip draft={draft} />
        <People form={form} check={check} />
        {check.needed && !whole && <Missing form={form} />}
        {whole && (
          <section aria-labelledby="whole">
            <h2 id="whole">{t('arrival.missing.none')}</h2>
            <p class="actions"><ButtonLink to="arrival/show">{t('arrival.show')}</ButtonLink></p>
          </section>
        )}
        <AfterArrival draft={draft} />
        <OpenFile />
        <Forget />
      </Page>
    </>
  );
}
