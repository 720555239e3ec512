// Keeps the list of mails fresh, and asks before all are deleted.
(() => {
  'use strict';

  const EVERY = 2000; // ms

  async function refresh() {
    const shown = document.querySelector('[data-refresh]');
    if (document.visibilityState !== 'visible') return;
    const response = await fetch(location.href, { headers: { Accept: 'text/html' } });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fresh = page.querySelector('[data-refresh]');
    if (fresh.dataset.newest === shown.dataset.newest) return;
    const focused = document.activeElement.id;
    shown.replaceWith(fresh);
    document.dispatchEvent(new CustomEvent('htmx:load', { detail: { elt: fresh } })); // for the times
    if (focused) document.getElementById(focused)?.focus();
  }

  // One at a time; a server that is away is asked again later.
  const loop = () => refresh().catch(() => {}).finally(() => setTimeout(loop, EVERY));
  setTimeout(loop, EVERY);

  document.addEventListener('submit', (event) => {
    const question = event.target.dataset.confirm;
    if (question && !confirm(question)) event.preventDefault();
  });
})();
