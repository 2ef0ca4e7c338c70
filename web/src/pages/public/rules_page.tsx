import type { ComponentChildren } from 'preact';
import { get } from '../../api/client';
import { dayInWords, momentInWords } from '../../text/dates';
import { fieldInWords, purposeInWords } from '../../text/operations';
import { rich, t } from '../../text/text';
import { Commitment } from '../../ui/commitment';
import { LoadedPage, useLoaded } from '../../ui/loading';
import { Details, Link, SummaryList } from '../../ui/pieces';
import { type Coming, type Rules, rulesHere } from './answers';
import { evidenceInWords, hoursByDay, keptInWords, kindInWords, languageInWords, windowInWords } from './rules_words';
import { Code, English, Section } from './sections';

function Kinds({ rules }: { rules: Rules }) {
  return (
    <Section id="kinds" title={t('rules.kinds')}>
      <ul class="plain">
        {rules.kinds.map(({ kind, condition, owed_after_days }) => (
          <li key={kind}>
            <b>{kindInWords(kind)}</b>
            <p><English>{condition}</English>{owed_after_days > 0 && <> {t('rules.owed-after', { count: owed_after_days })}</>}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Filing({ rules }: { rules: Rules }) {
  const { first_day_counts, on_day_off } = rules.filing_window;
  return (
    <Section id="time" title={t('rules.time')}>
      <p>{rich('rules.time.what', { window: <b>{windowInWords(rules.filing_window)}</b> })}</p>
      <p>{t(first_day_counts ? 'rules.time.first-counts' : 'rules.time.first-does-not')} {on_day_off === 'next-working-day' && t('rules.time.day-off')}</p>
      <p>{t('rules.time.late')}</p>
    </Section>
  );
}

function Evidence({ rules }: { rules: Rules }) {
  const raising = (to: string) => rules.evidence.filter(({ raises_to }) => raises_to === to);
  const levels = [
    { key: 'code-confirmed', name: t('assurance.code-confirmed') },
    { key: 'evidence-reviewed', name: t('assurance.evidence-reviewed') },
  ].filter(({ key }) => raising(key).length > 0);
  const listed = (to: string) => <ul class="plain small">{raising(to).map(({ id }) => <li key={id}>{evidenceInWords(id)}</li>)}</ul>;
  return (
    <Section id="evidence" title={t('rules.evidence')}>
      <p>{t('rules.evidence.what')}</p>
      <SummaryList rows={levels.map(({ key, name }) => ({ key, name, value: listed(key) }))} />
    </Section>
  );
}

function Purposes({ rules }: { rules: Rules }) {
  return (
    <Section id="purposes" title={t('rules.purposes')}>
      <p>{t('rules.purposes.what')}</p>
      <ul class="plain">
        {rules.purposes.map((purpose) => (
          <li key={purpose.id}><b>{purposeInWords(purpose)}</b><p>{purpose.fields.map(fieldInWords).join(', ')}</p></li>
        ))}
      </ul>
    </Section>
  );
}

function Offices({ rules }: { rules: Rules }) {
  return (
    <Section id="offices" title={t('rules.offices')}>
      {rules.offices.map(({ id, name, hours }) => (
        <div key={id} class="card">
          <h3><English>{name}</English></h3>
          {hours.length === 0 && <p>{t('rules.by-appointment')}</p>}
          <SummaryList rows={hoursByDay(hours).map(({ day, spans }) => ({ key: day, name: day, value: <span>{spans.join(', ')}</span> }))} />
        </div>
      ))}
      <p class="hint">{rich('rules.clock', { zone: <Code>{rules.civil_time}</Code> })}</p>
    </Section>
  );
}

function NextProfile({ coming }: { coming: Coming }) {
  return (
    <div class="card place">
      <h3><English>{coming.title}</English></h3>
      {coming.model && <p>{t('rules.model')}</p>}
      <SummaryList
        rows={[
          { key: 'from', name: t('rules.coming.from'), value: momentInWords(coming.in_force_from) },
          { key: 'leaf', name: t('rules.coming.leaf'), value: String(coming.leaf) },
          { key: 'hash', name: t('rules.hash'), value: <Commitment value={coming.sha256} /> },
        ]}
      />
      <p><a href="/api/v1/profile/coming.toml">{t('rules.coming.file')}</a></p>
    </div>
  );
}

function Sources({ rules }: { rules: Rules }) {
  const from = (day: string) => t('rules.valid-from', { day: dayInWords(day) });
  return (
    <Section id="sources" title={t('rules.sources')}>
      <Details summary={t('rules.sources.show', { count: rules.sources.length })}>
        <SummaryList
          rows={rules.sources.map(({ rule, source, valid_from }) => ({
            key: rule, name: <Code>{rule}</Code>, value: <span><English>{source}</English><br /><span class="hint">{from(valid_from)}</span></span>,
          }))}
        />
      </Details>
      <SummaryList rows={[{ key: 'hash', name: t('rules.hash'), value: <Commitment value={rules.sha256} /> }]} />
      <p><a href="/api/v1/profile/current.toml">{t('rules.file')}</a></p>
    </Section>
  );
}

/** One short section of words alone. */
function Words({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return <Section id={id} title={title}><p>{children}</p></Section>;
}

/** The rules here, as the profile in force has them, and the change that is announced. */
export default function RulesPage() {
  const loaded = useLoaded(() => get('/api/v1/profile', rulesHere, { gated: false }));
  return (
    <LoadedPage title={t('rules.title')} loaded={loaded}>
      {({ profile: rules, coming }) => (
        <>
          <p class="lead"><English>{rules.title}</English></p>
          {rules.model && <p class="note">{t('rules.model')}</p>}
          <Kinds rules={rules} />
          <Filing rules={rules} />
          <Evidence rules={rules} />
          <Purposes rules={rules} />
          <Words id="decisions" title={t('rules.decisions')}>{t('rules.decisions.what', { days: rules.reply_period_days, officials: rules.officials_for_a_decision })}</Words>
          <Words id="children" title={t('rules.age')}>{t('rules.age.what', { age: rules.own_account_from_age })}</Words>
          <Words id="keeping" title={t('rules.keeping')}>
            {rich('rules.keeping.what', { time: keptInWords(rules.ended_registrations_are_kept_days), link: (words) => <Link to="privacy">{words}</Link> })}
          </Words>
          <Offices rules={rules} />
          <Words id="languages" title={t('rules.languages')}>{rules.languages.map(languageInWords).join(', ')}</Words>
          <Section id="coming" title={t('rules.coming')}>
            {coming ? <NextProfile coming={coming} /> : <p>{t('rules.coming.none')}</p>}
          </Section>
          <Sources rules={rules} />
        </>
      )}
    </LoadedPage>
  );
}
