import '../../look/scan.scss';
import { render } from 'preact';
import { startWorker } from '../../app/worker';
import { loadArea, startText } from '../../text/text';
import { ScanApp } from './scan_app';

async function start(): Promise<void> {
  const root = document.getElementById('app');
  if (!root) return;
  await startText();
  await loadArea('scan');
  render(<ScanApp />, root);
  startWorker('scan_worker.js', 'scan.html');
}

void start();
