import { useEffect, useState } from 'preact/hooks';
import { useStore } from '../../base/store';
import type { StatusToken } from '../../credential';
import { type Scan, scanFile, shownAs } from '../../scan';
import { inGroups, makeQuestion } from '../../showing/question';
import { language, t } from '../../text/text';
import { FormFrame, TextArea } from '../../ui/fields';
import { useForm } from '../../ui/form';
import { Page } from '../../ui/page';
import { Button, Details } from '../../ui/pieces';
import { CameraView } from './camera_view';
import { check, type Checked, isAnswer } from './checking';
import { FileButton } from './file_button';
import { Frame } from './frame';
import { readCodes } from './reading';
import { fetchList, keptLists, keptTrust, type KeptTrust, refreshLists, renewTrust, site } from './sources';
import { SourcesView } from './sources_view';
import { VerdictView } from './verdict_view';

const refresh_ms = 60 * 60 * 1000;
const nowS = () => Math.floor(Date.now() / 1000);

/** What is at hand to check by: kept on this device, and renewed by the clock, never because a proof is shown. */
function useSources() {
  const [trust, setTrust] = useState<KeptTrust | null>(keptTrust);
  const [tokens, setTokens] = useState<readonly StatusToken[]>([]);
  const readLists = async () => {
    const read = await keptLists();
    setTokens(read);
    return read;
  };
  useEffect(() => {
    const renew = async () => {
      const fresh = await renewTrust();
      if (fresh) setTrust(fresh);
      if (await refreshLists()) await readLists();
    };
    void readLists().then(renew);
    const timer = setInterval(() => void renew(), refresh_ms);
    return () => clearInterval(timer);
  }, []);
  return { trust, setTrust, tokens, readLists };
}

type NotFound = Exclude<Scan['kind'], 'found'> | 'broken';

interface Result {
  text: string;
  checked: Checked;
}

function Paste({ onScan }: { onScan: (scan: Scan) => void }) {
  const form = useForm({ text: '' });
  return (
    <Details summary={t('scan.paste')}>
      <FormFrame form={form} onSubmit={() => onScan(shownAs(form.value('text')))}>
        <TextArea form={form} name="text" label={t('scan.paste.label')} hint={t('scan.paste.hint')} rows={5} />
        <p class="actions"><Button type="submit">{t('scan.paste.button')}</Button></p>
      </FormFrame>
    </Details>
  );
}

function Ways({ question, onScan }: { question: string; onScan: (scan: Scan) => void }) {
  const [said, say] = useState<NotFound | null>(null);
  const tell = (scan: Scan) => {
    say(scan.kind === 'found' ? null : scan.kind);
    if (scan.kind === 'found') onScan(scan);
  };
  const file = (chosen: File) => {
    performance.mark('scan-begins');
    scanFile(chosen, readCodes).then(tell, () => say('broken'));
  };
  return (
    <>
      <div class="card question">
        <p>{t('scan.question')}</p>
        <p class="big-code">{inGroups(question)}</p>
        <p class="hint">{t('scan.question.why')}</p>
      </div>
      {said && <div class="note" role="alert"><p>{t(`scan.none.${said}`)}</p></div>}
      <CameraView onText={(text) => tell({ kind: 'found', text })} />
      <p class="actions"><FileButton label={t('scan.file')} accept="image/png,image/jpeg,text/plain" onFile={file} /></p>
      <Paste onScan={tell} />
    </>
  );
}

function Checker() {
  const { trust, setTrust, tokens, readLists } = useSources();
  const [question, ask] = useState(makeQuestion);
  const [result, show] = useState<Result | null>(null);
  const [list, setList] = useState<'busy' | 'failed' | null>(null);
  const look = async (text: string, lists: readonly StatusToken[], asked: string) => {
    const checked = await check(text, trust?.trust ?? [], lists, asked, nowS());
    show({ text, checked });
    performance.mark('scan-verdict');
  };
  const found = (scan: Scan) => {
    if (scan.kind === 'found') void look(scan.text, tokens, question);
  };
  const getList = async (uri: string, { text }: Result) => {
    setList('busy');
    const came = await fetchList(uri);
    setList(came ? null : 'failed');
    if (came) await look(text, await readLists(), question);
  };
  const next = () => {
    // An answer is good for one question.
    if (result && isAnswer(result.text)) ask(makeQuestion());
    setList(null);
    show(null);
  };
  if (result)
    return <VerdictView checked={result.checked} busy={list === 'busy'} failed={list === 'failed'} onFetchList={(uri) => void getList(uri, result)} onNext={next} />;
  return (
    <>
      <p class="lead">{t('scan.what')}</p>
      <Ways question={question} onScan={found} />
      <SourcesView kept={trust} onTrust={setTrust} onLists={() => void readLists()} />
    </>
  );
}

/** The page that checks proofs, wholly on this device. */
export function ScanApp() {
  useStore(language); // everything is drawn again in another language
  const atVerifier = useStore(site) === 'verifier';
  return (
    <Frame brand={t('app.name')} among={atVerifier ? 'scan.html' : null} footer={<p>{t('scan.promise')}</p>}>
      <Page title={t('scan.title')}><Checker /></Page>
    </Frame>
  );
}
