/*! ripen-push-sw.js: shows the notifications that Ripen sends. Apache-2.0. No dependencies. */
//
// A copy of this file belongs on your own site, as /ripen-push-sw.js. It stands beside any service
// worker that you have: it controls no page, and its subscriptions are its own.
(() => {
  'use strict';

  const icon = new URL(self.location.href).searchParams.get('icon') || undefined;

  self.addEventListener('push', (event) => {
    let message;
    try {
      message = event.data.json();
    } catch (other) {
      return;
    }
    if (message && message.ripen) event.waitUntil(show(message));
  });

  async function show(message) {
    const actions = message.actions || [];
    await self.registration.showNotification(message.title || self.location.hostname, {
      body: message.body,
      icon,
      // One that comes twice is shown once.
      tag: `ripen-${message.ripen}`,
      data: { ripen: message.ripen, url: message.url, links: actions.map((action) => action.url) },
      actions: actions
        .slice(0, Notification.maxActions || 2)
        .map((action, number) => ({ action: String(number), title: action.title })),
    });
    if (message.delivered) {
      await fetch(message.delivered, { method: 'POST', mode: 'no-cors', credentials: 'omit' }).catch(() => {});
    }
  }

  self.addEventListener('notificationclick', (event) => {
    const { ripen, url, links } = event.notification.data || {};
    if (!ripen) return;
    event.notification.close();
    const target = (event.action && links[Number(event.action)]) || url || '/';
    event.waitUntil(self.clients.openWindow(target));
  });
})();
