import { dayOfTime } from '../../base/day';
import { type ArrivalForm, formOf, type Traveller } from '../../rules/arrival';
import { arrivalFile, arrivalQrText, maxArrivalQrVersion } from '../../slips/arrival_file';
import { countryName } from '../../text/countries';
import { t } from '../../text/text';
import { useForm } from '../../ui/form';
import { Page } from '../../ui/page';
import { AddressText, Button, ButtonLink, SummaryList } from '../../ui/pieces';
import { lacksIn } from './arrival_faults';
import { draftName, readArrival, startValues } from './arrival_values';
import { clock, plainDay } from './day_words';
import { download } from '../../ui/download';
import { Back, OnDevice } from './on_device';
import { QrImage, svgFile, useDrawing } from './qr_image';

const fullName = ({ family, given }: { family: string; given: string }) => [given, family].filter(Boolean).join(' ');

function documentInWords({ document: { kind, number }, documentExpiry: expiry }: Traveller): string {
  const document = { kind: t(`arrival.document.kind.${kind}`), number };
  return expiry === 'none' ? t('arrival.document.no-end', document) : t('arrival.document.until', { ...document, day: plainDay(expiry) });
}

function guardianInWords({ guardian }: Traveller, { travellers }: ArrivalForm): string | null {
  if (guardian === 'none') return null;
  const who = guardian.kind === 'own-form' ? guardian : travellers[guardian.traveller];
  const number = guardian.kind === 'own-form' ? guardian.document.number : '';
  return who ? [fullName(who), number].filter(Boolean).join(', ') : null;
}

function Person({ traveller, form }: { traveller: Traveller; form: ArrivalForm }) {
  const guardian = guardianInWords(traveller, form);
  return (
    <>
      <h3><bdi>{fullName(traveller)}</bdi></h3>
      <SummaryList
        rows={[
          { key: 'birth', name: t('arrival.birth'), value: plainDay(traveller.birth) },
          { key: 'sex', name: t('arrival.sex'), value: t(`arrival.sex.${traveller.sex}`) },
          { key: 'citizenship', name: t('arrival.citizenship'), value: countryName(traveller.citizenship) },
          { key: 'document', name: t('arrival.document'), value: documentInWords(traveller) },
          ...(traveller.holds === 'none' ? [] : [{ key: 'holds', name: t('arrival.exempt'), value: t(`arrival.exempt.${traveller.holds}`) }]),
          ...(guardian ? [{ key: 'guardian', name: t('arrival.guardian'), value: <bdi>{guardian}</bdi> }] : []),
        ]}
      />
    </>
  );
}

function Stay({ form: { entry, lastDay, purpose, emergency, country, lines } }: { form: ArrivalForm }) {
  const days = { from: plainDay(dayOfTime(entry)), time: clock(entry), to: plainDay(lastDay) };
  return (
    <SummaryList
      rows={[
        { key: 'stay', name: t('arrival.stay'), value: t('arrival.stay.days', days) },
        { key: 'why', name: t('arrival.stay.why'), value: t(`arrival.purpose.${purpose}`) },
        ...(emergency === 'none' ? [] : [{ key: 'emergency', name: t('arrival.emergency'), value: t(`arrival.emergency.${emergency}`) }]),
        { key: 'where', name: t('arrival.stay.where'), value: <AddressText address={{ country, lines: [...lines] }} /> },
      ]}
    />
  );
}

function Sheet({ form, text }: { form: ArrivalForm; text: string | null }) {
  const { state, again } = useDrawing(text ?? '', maxArrivalQrVersion);
  return (
    <>
      <article class="receipt slip" aria-labelledby="form">
        <p class="stamp">{t('slip.model')}</p>
        <h2 id="form">{t('arrival.title')}</h2>
        {text === null ? <p class="note">{t('arrival.show.too-large')}</p> : <QrImage state={state} again={again} label={t('arrival.show.code')} />}
        <Stay form={form} />
        {form.travellers.map((traveller, i) => <Person key={i} traveller={traveller} form={form} />)}
      </article>
      <p class="actions">
        <Button onClick={() => download('arrival-form.json', 'application/json', arrivalFile(form))}>{t('arrival.show.file')}</Button>
        <Button second onClick={() => window.print()}>{t('arrival.show.print')}</Button>
        {text !== null && state.kind === 'drawn' && (
          <Button second onClick={() => download('arrival-form.svg', 'image/svg+xml', svgFile(state.drawing))}>{t('arrival.show.picture')}</Button>
        )}
      </p>
    </>
  );
}

/** The finished form, to show, to copy from, to print and to keep. */
export default function ArrivalShowPage() {
  const { values } = useForm(startValues(), draftName);
  const form = lacksIn(values).length === 0 ? formOf(readArrival(values).draft) : null;
  const text = form && arrivalQrText(form);
  return (
    <>
      <Back to="arrival">{t('arrival.back')}</Back>
      <Page title={t('arrival.show.title')}>
        {form && text ? (
          <>
            <p class="lead">{t('arrival.show.what')}</p>
            <Sheet form={form} text={text.ok ? text.value : null} />
            <OnDevice>{t('arrival.promise')}</OnDevice>
          </>
        ) : (
          <>
            <p>{t('arrival.show.not-yet')}</p>
            <p class="actions"><ButtonLink to="arrival">{t('arrival.back')}</ButtonLink></p>
          </>
        )}
      </Page>
    </>
  );
}
