// Keeps the files of the app on the device, so that it opens without a connection. It touches nothing else: no answer of
// the register is ever kept. The build fills in which files there are, once for the app and once for the page that reads
// codes: nobody gets the files of the other.
"use strict";
const name = "__NAME__";
const version = "__VERSION__";
const files = ['__FILES__'];
const page = "__PAGE__";
const others = ['__OTHERS__'];
const ours = `${name}-${version}`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(ours).then((cache) => cache.addAll([page, "/app/icon.svg", ...files])).then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((one) => one.startsWith(`${name}-`) && one !== ours).map((one) => caches.delete(one))))
      .then(() => self.clients.claim()),
  );
});

// What a page had loaded before this worker was there.
self.addEventListener("message", (event) => {
  const known = Array.isArray(event.data) ? event.data.filter((one) => typeof one === "string") : [];
  event.waitUntil(caches.open(ours).then((cache) => cache.addAll(known)).catch(() => undefined));
});

// Files never change under their name. One that is not kept yet is kept from now on.
async function fileOf(request) {
  const cache = await caches.open(ours);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

// Every page of the app is the same document: the newest there is, else the one that is kept.
async function pageOf(request) {
  try {
    return await fetch(request);
  } catch (failure) {
    const kept = await (await caches.open(ours)).match(page);
    if (kept) return kept;
    throw failure;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (others.includes(url.pathname)) return;
  if (request.mode === "navigate" && url.pathname.startsWith(page)) event.respondWith(pageOf(request));
  else if (url.pathname.startsWith("/app/assets/") || url.pathname === "/app/icon.svg") event.respondWith(fileOf(request));
});
