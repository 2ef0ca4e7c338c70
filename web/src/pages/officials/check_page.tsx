import { useEffect } from 'preact/hooks';
import { post } from '../../api/client';
import { goTo } from '../../app/places';
import { fieldInWords } from '../../text/operations';
import { t } from '../../text/text';
import { useDoing } from '../../ui/doing';
import { FormFrame } from '../../ui/fields';
import { type Form, type Placing, useForm } from '../../ui/form';
import { LoadedContent, useLoaded } from '../../ui/loading';
import { Button, ButtonLink, Link, SummaryList } from '../../ui/pieces';
import { OfficialsPage } from './frame';
import type { Official } from './official';
import { askPurposes, useTypedForAWhile } from './open_page';
import { OpenedRecord } from './opened_record';
import { forgetTyped, type Opening, readOpening, takeTyped } from './opening';
import { useShownOnce } from './shown_once';
import { opened, type Opened, type Purpose } from './wire';

const placing: Placing = {
  words: {
    // One text for a code that is wrong, used, or of somebody who cannot be opened now: nobody learns which it was.
    'opening-refused': 'official.refused',
    'invalid:code': 'official.code.wrong',
    'invalid:reference': 'official.reference.unseen',
  },
};

function WhatTheySee({ official, opening }: { official: Official; opening: Opening }) {
  return (
    <SummaryList
      rows={[
        { key: 'who', name: t('official.check.who'), value: t('official.check.who.is', { office: official.office, account: official.account }) },
        { key: 'when', name: t('official.check.when'), value: t('official.check.when.now') },
        { key: 'why', name: t('official.check.why'), value: t(`official.purpose.${opening.purpose}`) },
        { key: 'reference', name: t('official.reference'), value: <bdi>{opening.reference}</bdi> },
        { key: 'fields', name: t('official.check.fields'), value: opening.fields.map(fieldInWords).join(', ') },
      ]}
    />
  );
}

interface Props {
  official: Official;
  form: Form;
  all: readonly Purpose[];
  onOpened: (found: Opened, opening: Opening) => void;
}

function LastLook({ official, form, all, onOpened }: Props) {
  const doing = useDoing(form, placing);
  const opening = readOpening(form.values, all);
  const complete = !Array.isArray(opening);
  useEffect(() => {
    if (!complete) goTo('staff/open', 'replace');
  }, [complete]);
  if (!complete) return null;
  const send = () =>
    doing(opening, (key) => post('/api/v1/staff/openings', opening, opened, { key }), (found) => {
      forgetTyped();
      onOpened(found, opening);
    });
  return (
    <>
      <p class="lead">{t('official.check.lead')}</p>
      <FormFrame form={form} onSubmit={send}>
        <WhatTheySee official={official} opening={opening} />
        <p>{t('official.check.code')} <span class="code">{opening.code}</span></p>
        <p class="actions">
          <Button type="submit" busy={form.busy}>{t('official.check.button')}</Button>
          <ButtonLink second to="staff/open">{t('official.check.change')}</ButtonLink>
        </p>
      </FormFrame>
    </>
  );
}

/** What the person will see of the opening, before it is sent; then what it opened. */
export default function CheckPage() {
  const form = useForm({ ...takeTyped() });
  const loaded = useLoaded(askPurposes);
  const once = useShownOnce<{ found: Opened; opening: Opening }>();
  useTypedForAWhile();
  if (once.left)
    return (
      <OfficialsPage key="left" title={t('official.left')} at="staff/open">
        {() => <><p class="lead">{t('official.left.what')}</p><p><Link to="staff/open">{t('official.open.title')}</Link></p></>}
      </OfficialsPage>
    );
  if (once.value) {
    const { found, opening } = once.value;
    return <OfficialsPage key="opened" title={t('official.opened')} at="staff/open">{() => <OpenedRecord opened={found} opening={opening} />}</OfficialsPage>;
  }
  return (
    <OfficialsPage key="check" title={t('official.check')} at="staff/open" form={form}>
      {(official) => (
        <LoadedContent loaded={loaded} words={t('official.loading')}>
          {({ purposes: all }) => <LastLook official={official} form={form} all={all} onOpened={(found, opening) => once.show({ found, opening })} />}
        </LoadedContent>
      )}
    </OfficialsPage>
  );
}
