import '../look/app.scss';
import { render } from 'preact';
import { startText } from '../text/text';
import { loadAhead } from './ahead';
import { App } from './app';
import { startLeaving } from './leave';
import { place, startPlaces } from './places';
import { startSending } from './sending';
import { signedIn, startSession } from './session';
import { startWorker } from './worker';

async function start(): Promise<void> {
  const root = document.getElementById('app');
  if (!root) return;
  const text = startText();
  loadAhead(place.get().path);
  await text;
  startPlaces();
  startSession();
  startLeaving(() => signedIn.get());
  startSending();
  render(<App />, root);
  startWorker();
}

void start();
