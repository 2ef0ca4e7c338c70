import '../look/app.scss';
import { render } from 'preact';
import { startText } from '../text/text';
import { App } from './app';
import { startLeaving } from './leave';
import { startPlaces } from './places';
import { startSending } from './sending';
import { signedIn } from './session';
import { startWorker } from './worker';

async function start(): Promise<void> {
  const root = document.getElementById('app');
  if (!root) return;
  await startText();
  startPlaces();
  startLeaving(() => signedIn.get());
  startSending();
  render(<App />, root);
  startWorker();
}

void start();
