// The installed app's worker: nothing is cached, since a home's state of yesterday would be a lie. When the
// home's computer does not answer, it says so instead of the browser's own error page.
const AWAY = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>宅家 Homebody</title><style>:root{color-scheme:light dark}body{font:18px/1.6 system-ui;margin:18vh auto;max-width:26rem;padding:0 24px}</style>
<h1>宅家 Homebody</h1><p>家里的电脑没有回应。请看看手机是不是连着家里的 Wi-Fi，那台电脑是不是开着。</p>
<p lang="en">The computer at home does not answer. Is this phone on the home's Wi-Fi, and is that computer on?</p>`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate") return;
  event.respondWith(
    fetch(event.request).catch(
      () => new Response(AWAY, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } })
    )
  );
});
