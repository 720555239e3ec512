/*! ripen-push.js: asks who wants notifications, and nobody else. Apache-2.0. No dependencies. */
//
//   <script async src="https://ripen.example/ripen.js" data-write-key="..."></script>
//   <script async src="https://ripen.example/ripen-push.js" data-write-key="..."></script>
//   <button data-ripen-push hidden>Tell me when something new is there</button>
//   <button data-ripen-push-off hidden>No more notifications</button>
//
// The first button is shown where notifications can be asked for, the second where they come. The
// browser asks only after a click, never because a page is opened; after a no the button is gone for
// 30 days. The words of the button are kept as the words of the consent.
//
// Copy ripen-push-sw.js to your own site, as browsers take it from nowhere else.
//
// Options, as attributes of the script tag:
//   data-write-key                     which site this is (required)
//   data-api="https://…"               where Ripen is, if not where the script came from
//   data-worker="/ripen-push-sw.js"    where your copy is
//   data-icon="/icon.png"              what notifications show
// and of the button:
//   data-ripen-push="newsletter"       what it is for, if not marketing
//
// By code: ripenPush.ask({ wording, purpose }) within a click, ripenPush.stop(), ripenPush.state().
// Each says (as a promise, but state) what holds then: on, ready (to ask), quiet (after a no), denied
// (by the browser), stranger (ripen.js knows nobody here), off (Ripen has no keys), unsupported.
(() => {
  'use strict';

  const script = document.currentScript || document.querySelector('script[src*="ripen-push.js"]');
  if (!script || window.ripenPush) return;
  const options = script.dataset;
  const api = (options.api || new URL(script.src).origin).replace(/\/$/, '') + '/v1/push';
  const worker = new URL(options.worker || '/ripen-push-sw.js', location.href);
  // No page lies there, so that a site's own service worker keeps its pages.
  const scope = new URL('ripen-push/', worker).pathname;
  if (options.icon) worker.searchParams.set('icon', options.icon);

  const TOLD = 'ripen_push';
  const NO = 'ripen_push_no';
  const QUIET = 30 * 24 * 60 * 60 * 1000; // ms after a no
  const BUTTON = '[data-ripen-push]';
  const OFF = '[data-ripen-push-off]';

  const attempt = (action) => {
    try {
      return action();
    } catch (blocked) {
      return undefined;
    }
  };
  const load = (key) => attempt(() => localStorage.getItem(key));
  const keep = (key, value) => attempt(() => localStorage.setItem(key, value));
  const forget = (key) => attempt(() => localStorage.removeItem(key));
  const told = () => attempt(() => JSON.parse(load(TOLD)));

  let serverKey; // undefined: not asked yet, null: there is none

  function kept(key) {
    const found = document.cookie.match(`(?:^|; )${key}=([^;]*)`);
    return load(key) || (found && decodeURIComponent(found[1]));
  }

  /** The id that ripen.js keeps; none where the visitor has not agreed, by the same rules. */
  function anonymousId() {
    const tracker = document.querySelector('script[src*="/ripen.js"]');
    const rules = tracker ? tracker.dataset : {};
    const obeyed = rules.privacySignals || 'gpc';
    const required = rules.consent === 'required'
      || (obeyed.includes('gpc') && navigator.globalPrivacyControl)
      || (obeyed.includes('dnt') && navigator.doNotTrack === '1');
    const choice = kept('ripen_consent');
    return (required ? choice === 'granted' : choice !== 'denied') ? kept('ripen_id') : undefined;
  }

  function state() {
    const supported = window.isSecureContext && 'serviceWorker' in navigator
      && 'PushManager' in window && 'Notification' in window;
    if (!supported) return 'unsupported';
    if (Notification.permission === 'denied') return 'denied';
    if (!anonymousId()) return 'stranger';
    if (serverKey === null) return 'off';
    if (told() && !told().ending && Notification.permission === 'granted') return 'on';
    return Date.now() - Number(load(NO)) < QUIET ? 'quiet' : 'ready';
  }

  /** Shows the buttons that are of use now. */
  function show() {
    const now = state();
    document.querySelectorAll(BUTTON).forEach((button) => {
      button.hidden = now !== 'ready' || !serverKey;
    });
    document.querySelectorAll(OFF).forEach((button) => {
      button.hidden = now !== 'on';
    });
    return now;
  }

  async function fetchKey() {
    if (serverKey) return serverKey;
    const answer = await fetch(`${api}/key?writeKey=${encodeURIComponent(options.writeKey || '')}`);
    if (answer.ok) serverKey = (await answer.json()).key;
    else if (answer.status < 500) serverKey = null;
    return serverKey;
  }

  async function post(path, content) {
    const body = JSON.stringify(
      Object.assign(
        { writeKey: options.writeKey, anonymousId: anonymousId(), url: location.href }, content));
    // As text, so that no browser asks first.
    const answer = await fetch(`${api}/${path}`, { method: 'POST', body, keepalive: true });
    if (!answer.ok) throw new Error(`Ripen answered ${answer.status}: ${await answer.text()}`);
  }

  const bytes = (base64) =>
    Uint8Array.from(atob(base64.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const isFor = (subscription, key) => {
    const given = subscription.options && subscription.options.applicationServerKey;
    return !given || String(new Uint8Array(given)) === String(bytes(key));
  };

  function active(registration) {
    const starting = registration.installing || registration.waiting;
    if (registration.active || !starting) return registration;
    return new Promise((done, failed) => {
      starting.addEventListener('statechange', () => {
        if (starting.state === 'activated') done(registration);
        if (starting.state === 'redundant') failed(new Error('the service worker did not start'));
      });
    });
  }

  /** Subscribes to the key of now, and tells Ripen. */
  async function subscribe(consent) {
    const key = await fetchKey();
    if (!key) return;
    const registration = await active(await navigator.serviceWorker.register(worker, { scope }));
    const manager = registration.pushManager;
    let subscription = await manager.getSubscription();
    if (subscription && !isFor(subscription, key)) {
      await subscription.unsubscribe();
      subscription = null;
    }
    if (!subscription) {
      subscription = await manager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: bytes(key),
      });
    }
    await post('subscribe', Object.assign({ key, subscription: subscription.toJSON() }, consent));
    keep(TOLD, JSON.stringify({ id: anonymousId(), endpoint: subscription.endpoint, key }));
  }

  async function ask({ wording, purpose } = {}) {
    // Who asks by themselves may have said no before.
    if (!['ready', 'quiet'].includes(state())) return show();
    // First of all: browsers let nobody ask who does not do so within the click.
    const permission = await Notification.requestPermission();
    if (permission === 'granted') {
      await subscribe({ asked: true, wording: wording || 'ripenPush.ask()', purpose: purpose || 'marketing' });
      forget(NO);
    } else {
      keep(NO, Date.now());
    }
    return show();
  }

  async function subscribed() {
    const registration = await navigator.serviceWorker.getRegistration(scope);
    return registration && registration.pushManager.getSubscription();
  }

  async function end(wording) {
    const before = told();
    if (!before) return;
    // The browser first, so that it ends at once; Ripen is told on a later page if it is away now.
    keep(TOLD, JSON.stringify(Object.assign(before, { ending: wording })));
    const subscription = await subscribed();
    if (subscription) await subscription.unsubscribe();
    await post('unsubscribe', { anonymousId: before.id, endpoint: before.endpoint, wording });
    forget(TOLD);
  }

  async function stop({ wording } = {}) {
    try {
      await end(wording || 'ripenPush.stop()');
    } finally {
      keep(NO, Date.now());
      show();
    }
    return state();
  }

  /** What changed since the last page: keys, the browser's mind, or who uses it. */
  async function renew() {
    const before = told();
    if (!before) return;
    if (before.ending) return end(before.ending);
    if (before.id !== anonymousId()) return end('another person uses this browser');
    if (Notification.permission !== 'granted') return end('the browser takes them no more');
    const subscription = await subscribed();
    const same = subscription && subscription.endpoint === before.endpoint;
    if (!same || before.key !== (await fetchKey())) await subscribe({});
  }

  const warn = (problem) => window.console && console.warn('ripen-push:', problem.message || problem);

  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element && event.target.closest(`${BUTTON}, ${OFF}`);
    if (!button) return;
    event.preventDefault();
    const wording = button.textContent.replace(/\s+/g, ' ').trim();
    const done = button.matches(OFF)
      ? stop({ wording })
      : ask({ wording, purpose: button.dataset.ripenPush });
    done.catch(warn);
  });

  async function begin() {
    if (state() === 'unsupported') return show();
    await renew().catch(warn);
    // Whoever shows no button and has not subscribed costs nothing.
    if (document.querySelector(BUTTON) && state() === 'ready') await fetchKey();
    return show();
  }

  window.ripenPush = { ask, stop, state };
  const start = () => begin().catch(warn);
  // ripen.js gives a new visitor their id before that.
  if (document.readyState === 'complete') start();
  else window.addEventListener('load', start);
})();
