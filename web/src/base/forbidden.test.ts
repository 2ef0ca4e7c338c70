// G1: the app knows of no place, no movement and no device, and asks nobody but its own register.
import { describe, expect, it } from 'vitest';

const forbidden: readonly [what: string, pattern: RegExp][] = [
  ['a place', /geolocation|getCurrentPosition|watchPosition/i],
  ['movement', /devicemotion|deviceorientation|accelerometer|gyroscope|magnetometer|LinearAccelerationSensor/i],
  ['the connection', /navigator\s*\.\s*connection|NetworkInformation|effectiveType|downlinkMax/],
  ['the device', /userAgentData|getBattery|deviceMemory|hardwareConcurrency|enumerateDevices|navigator\s*\.\s*(?:usb|bluetooth|serial|hid|nfc|platform|plugins)/],
  ['the time zone', /resolvedOptions\(\)\s*\.\s*timeZone|getTimezoneOffset/],
  ['other programs on the page', /sendBeacon|EventSource|new WebSocket|RTCPeerConnection|importScripts/],
];
/** Names of things, not addresses that anything is asked of. */
const names = /https?:\/\/(?:www\.w3\.org\/|[\w.-]*\.?example\b|localhost)/;

const sources: Record<string, string> = import.meta.glob(['/src/**/*.{ts,tsx,js}', '!/src/**/*.test.*', '!/src/**/*.d.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

function breaches(text: string): string[] {
  const found = forbidden.filter(([, pattern]) => pattern.test(text)).map(([what]) => what);
  const addresses = text.match(/["'`]https?:\/\/[^"'`\s]+/g) ?? [];
  return [...found, ...addresses.filter((address) => !names.test(address))];
}

describe('no word of the app', () => {
  it('asks for a place, movement, device or another server', () => {
    expect(Object.keys(sources).length).toBeGreaterThan(50);
    for (const [name, text] of Object.entries(sources)) expect(breaches(text), name).toEqual([]);
  });

  it('would go unseen', () => {
    for (const line of [
      'navigator.geolocation.getCurrentPosition(f)',
      "addEventListener('devicemotion', f)",
      'navigator.connection.type',
      'navigator.userAgentData',
      'Intl.DateTimeFormat().resolvedOptions().timeZone',
      'new Date().getTimezoneOffset()',
      "navigator.sendBeacon('/x')",
      "fetch('https://tiles.org/a')",
    ])
      expect(breaches(line), line).not.toEqual([]);
    for (const line of ["const svg = 'http://www.w3.org/2000/svg'", "fetch('/api/v1/me')"]) expect(breaches(line), line).toEqual([]);
  });
});
