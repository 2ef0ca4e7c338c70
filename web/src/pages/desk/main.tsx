import '../../look/desk.scss';
import { render } from 'preact';
import { startWorker } from '../../app/worker';
import { loadArea, startText } from '../../text/text';
import { DeskApp } from './desk_app';

async function start(): Promise<void> {
  const root = document.getElementById('app');
  if (!root) return;
  await startText();
  await Promise.all([loadArea('scan'), loadArea('desk')]);
  render(<DeskApp />, root);
  startWorker('desk_worker.js', 'desk.html');
}

void start();
