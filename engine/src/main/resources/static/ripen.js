/*!
 * ripen.js: tells Ripen what visitors do. Apache-2.0. No dependencies.
 *
 *   <script async src="https://ripen.example/ripen.js" data-write-key="..."></script>
 *
 * Options, as attributes of the script tag:
 *   data-write-key           which site this is (required)
 *   data-api="https://..."   where events go, if not to where the script came from
 *   data-consent="required"  nothing is stored or sent until ripen.consent(true)
 *   data-page="off"          no page view by itself
 *   data-spa                 a page view, too, when the site changes the address by pushState
 *
 * Calls made before the script has loaded are kept if the page has this line above them:
 *   <script>window.ripen = window.ripen || [];</script>
 * and makes them as ripen.push(['track', 'Signed Up', { plan: 'pro' }]), which works afterwards too.
 *
 * In the page:
 *   <button data-ripen-track="Product Added" data-ripen-properties='{"product_id": "7"}'>
 *   <form data-ripen-form="newsletter"> ... <input type="checkbox" data-ripen-consent="email:marketing">
 * A form tells e-mail, phone and names by the fields' type, autocomplete or data-ripen-trait; other
 * fields only where data-ripen-field names them. A ticked consent is told with its label's words.
 */
(() => {
  'use strict';

  const script = document.currentScript || document.querySelector('script[data-write-key]');
  if (!script || (window.ripen && window.ripen.version)) return;
  const ripen = (window.ripen = Array.isArray(window.ripen) ? window.ripen : []);
  const options = script.dataset;

  const VERSION = '0.1.0';
  const EVENTS_URL = (options.api || new URL(script.src).origin).replace(/\/$/, '') + '/v1/batch';
  const MAX_EVENT = 32 * 1024; // bytes; more is refused at the door
  const MAX_REQUEST = 60 * 1000; // bytes; browsers let 64 KB outlive the page
  const MAX_QUEUE = 400 * 1000; // bytes kept while nothing can be sent; then the oldest go
  const MAX_BATCH = 100; // events
  const BATCH_DELAY = 200; // ms, so that what happens together travels together
  const TIMEOUT = 20 * 1000; // ms
  const LONGEST_PAUSE = 60 * 1000; // ms
  const FORSAKEN = 5 * 60 * 1000; // ms without a sign of life of the page that owns a queue

  const warn = (...words) => window.console && console.warn('ripen:', ...words);
  const bytes = (...texts) => new Blob(texts).size;
  const uuid = () =>
    crypto.randomUUID // only there on https and localhost
      ? crypto.randomUUID()
      : '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (c) =>
          (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

  // Consent and storage: localStorage, else a cookie, else for this page's life only. -------------

  const ID = 'ripen_id';
  const USER = 'ripen_user';
  const CONSENT = 'ripen_consent';
  const QUEUE = 'ripen_queue_';
  const memory = {};
  let consent = 'pending'; // or granted, denied

  const attempt = (action) => {
    try {
      return action();
    } catch (blocked) {
      return undefined;
    }
  };
  // What fails here must not break the page.
  const safely = (action) => (...values) => {
    try {
      return action(...values);
    } catch (problem) {
      return warn(problem);
    }
  };
  const setCookie = (key, value, seconds) =>
    attempt(() => {
      document.cookie = `${key}=${encodeURIComponent(value)}; path=/; max-age=${seconds}; samesite=lax`
        + (location.protocol === 'https:' ? '; secure' : '');
    });
  const cookie = (key) => {
    const found = document.cookie.match(`(?:^|; )${key}=([^;]*)`);
    return found && decodeURIComponent(found[1]);
  };
  const load = (key) =>
    attempt(() => localStorage.getItem(key)) || attempt(() => cookie(key)) || memory[key];
  const keep = (key, value) => {
    memory[key] = value;
    if (consent !== 'granted') return;
    const kept = attempt(() => {
      localStorage.setItem(key, value);
      return true;
    });
    if (!kept) setCookie(key, value, 400 * 24 * 3600);
  };
  const forget = (key) => {
    delete memory[key];
    attempt(() => localStorage.removeItem(key));
    if (attempt(() => cookie(key))) setCookie(key, '', 0);
  };

  const required = options.consent === 'required';
  const choice = load(CONSENT);
  if (required ? choice === 'granted' : choice !== 'denied') consent = 'granted';
  else if (!required) consent = 'denied';

  // The queue. Each page owns one, so that tabs cannot spoil each other's; it is mirrored to
  // localStorage as lines (sign of life, then one event each). What a closed page leaves behind, the
  // next one sends. An event may so arrive twice; its messageId tells.

  let page = uuid();
  let queue = [];
  let sending = [];
  let failures = 0;
  let timer;

  function save(signOfLife) {
    while (bytes(...queue) > MAX_QUEUE) queue.shift();
    if (consent !== 'granted') return;
    attempt(() => {
      if (queue.length) localStorage.setItem(QUEUE + page, [signOfLife, ...queue].join('\n'));
      else localStorage.removeItem(QUEUE + page);
    });
  }

  const queues = () => attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(QUEUE))) || [];

  function adopt() {
    if (consent !== 'granted') return;
    const take = () => {
      const taken = queues().filter((key) => {
        const [life, ...events] = (key !== QUEUE + page && localStorage.getItem(key) || '').split('\n');
        const forsaken = events.length && Math.abs(Date.now() - life) > FORSAKEN;
        if (forsaken) queue = events.concat(queue);
        return forsaken;
      });
      if (!taken.length) return;
      save(Date.now());
      taken.forEach((key) => localStorage.removeItem(key));
      schedule(0);
    };
    if (navigator.locks) navigator.locks.request(QUEUE, take).catch(() => {});
    else attempt(take);
  }

  function nextBatch(events) {
    let room = MAX_REQUEST;
    const end = events.findIndex((event, i) => i >= MAX_BATCH || (room -= bytes(event) + 1) < 0);
    return events.slice(0, end < 0 ? events.length : Math.max(end, 1));
  }

  const body = (batch) =>
    `{"writeKey":${JSON.stringify(options.writeKey)},"sentAt":"${new Date().toISOString()}","batch":[${batch}]}`;

  function schedule(delay) {
    clearTimeout(timer);
    timer = setTimeout(flush, delay);
  }

  // A text/plain body asks no preflight of the browser.
  async function post(batch) {
    const abort = new AbortController();
    const timeout = setTimeout(() => abort.abort(), TIMEOUT);
    try {
      const response = await fetch(EVENTS_URL, {
        method: 'POST',
        headers: { 'Content-Type': 'text/plain' },
        body: body(batch),
        credentials: 'omit',
        keepalive: !failures, // browsers limit it, so a retry goes without
        signal: abort.signal,
      });
      if (!response.ok) warn(response.status, await response.text());
      return response.status;
    } catch (offline) {
      return 0;
    } finally {
      clearTimeout(timeout);
    }
  }

  async function flush() {
    clearTimeout(timer);
    timer = 0;
    if (sending.length || !queue.length || consent !== 'granted') return;
    const batch = (sending = nextBatch(queue));
    save(Date.now());
    const status = await post(batch);
    sending = [];
    if ((status >= 200 && status < 300) || status === 400) { // 400: the door has taken the good ones
      queue = queue.filter((event) => !batch.includes(event));
      save(Date.now());
      failures = 0;
    } else {
      failures++;
    }
    if (!queue.length) return;
    const pause = Math.min(1000 * 2 ** (failures - 1), LONGEST_PAUSE);
    schedule(failures ? pause * (0.5 + Math.random() / 2) : 0);
  }

  // The page goes: what is not under way leaves as a beacon. As nobody tells whether it arrived, it
  // also stays, for the next page to send.
  function leave() {
    if (consent !== 'granted') return;
    let rest = queue.filter((event) => !sending.includes(event));
    while (rest.length) {
      const batch = nextBatch(rest);
      if (!attempt(() => navigator.sendBeacon(EVENTS_URL, body(batch)))) break;
      rest = rest.slice(batch.length);
    }
    save(0);
    clearTimeout(timer);
    timer = 0;
    queue = [];
    page = uuid();
  }

  // Events ----------------------------------------------------------------------------------------

  function anonymousId() {
    const id = load(ID) || uuid();
    if (!memory[ID] || !load(ID)) keep(ID, id);
    return id;
  }

  function whichPage() {
    return {
      path: location.pathname,
      referrer: document.referrer,
      search: location.search,
      title: document.title,
      url: location.href.split('#')[0],
    };
  }

  function context() {
    const campaign = {};
    new URLSearchParams(location.search).forEach((value, key) => {
      if (key.startsWith('utm_')) campaign[key === 'utm_campaign' ? 'name' : key.slice(4)] = value;
    });
    return {
      page: whichPage(),
      campaign: Object.keys(campaign).length ? campaign : undefined,
      locale: navigator.language,
      timezone: attempt(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
      userAgent: navigator.userAgent,
      library: { name: 'ripen.js', version: VERSION },
    };
  }

  function record(type, content) {
    if (consent === 'denied') return;
    const event = JSON.stringify(Object.assign({
      type,
      messageId: uuid(),
      anonymousId: anonymousId(),
      userId: load(USER),
      timestamp: new Date().toISOString(),
      context: context(),
    }, content));
    if (bytes(event) > MAX_EVENT) {
      warn(`${type} ${content.event || ''} not sent: ${bytes(event)} bytes (expected: <= ${MAX_EVENT})`);
      return;
    }
    queue.push(event);
    save(Date.now());
    if (!timer && !sending.length) schedule(BATCH_DELAY);
  }

  const track = (event, properties) => record('track', { event, properties: properties || {} });

  const api = {
    version: VERSION,
    anonymousId,
    track,
    page(name, properties) {
      record('page', { name, properties: Object.assign(whichPage(), { name }, properties) });
    },
    /** identify(userId, traits), or identify(traits) while the site has no id of the person. */
    identify(userId, traits) {
      if (userId && typeof userId === 'object') return record('identify', { traits: userId });
      if (userId) keep(USER, String(userId));
      record('identify', { traits: traits || {} });
    },
    /** Another person uses this browser from now on. */
    reset() {
      forget(ID);
      forget(USER);
    },
    /** Whether the visitor agrees to be tracked. A no forgets all that was kept. */
    consent(granted) {
      if (granted) {
        consent = 'granted';
        Object.keys(memory).forEach((key) => keep(key, load(key)));
        if (required) keep(CONSENT, 'granted');
        else forget(CONSENT);
        save(Date.now());
        adopt();
        schedule(0);
        return;
      }
      [ID, USER, CONSENT].concat(queues()).forEach(forget);
      queue = [];
      if (!required) keep(CONSENT, 'denied');
      consent = 'denied';
    },
    cart: {
      add: (product) => track('Product Added', product),
      remove: (product) => track('Product Removed', product),
      view: (cart) => track('Cart Viewed', cart),
      checkout: (cart) => track('Checkout Started', cart),
      order: (order) => track('Order Completed', order),
    },
    /** push(['track', 'Signed Up']) and push(['cart.add', {...}]) call what they name. */
    push(...calls) {
      calls.forEach(([name, ...values]) =>
        safely(() => name.split('.').reduce((owner, part) => owner[part], ripen)(...values))());
    },
  };

  // Marked forms and elements ---------------------------------------------------------------------

  const TRAITS = { email: 'email', tel: 'phone', name: 'name', 'given-name': 'firstName', 'family-name': 'lastName' };

  function formSubmitted(form) {
    const traits = {};
    const properties = { form: form.dataset.ripenForm };
    const fields = Array.from(form.elements).filter((field) => field.type !== 'password');
    fields.forEach((field) => {
      const value = (field.value || '').trim();
      if (!value || (/^(checkbox|radio)$/.test(field.type) && !field.checked)) return;
      const trait = field.dataset.ripenTrait || TRAITS[field.autocomplete] || TRAITS[field.type];
      if (trait) traits[trait] = value;
      if (field.dataset.ripenField) properties[field.dataset.ripenField] = value;
    });
    if (Object.keys(traits).length) api.identify(traits);
    track('Form Submitted', properties);
    fields.filter((field) => field.checked && field.dataset.ripenConsent).forEach((field) => {
      const [channel, purpose] = field.dataset.ripenConsent.split(':');
      const shown = Array.from(field.labels || [], (label) => label.innerText).join(' ');
      const wording = (shown || field.getAttribute('aria-label') || '').replace(/\s+/g, ' ').trim();
      track('Consent Granted', { channel, purpose, wording, form: properties.form });
    });
  }

  const on = (target, type, listener) =>
    target.addEventListener(type, safely(listener), true);

  on(document, 'submit', (event) => {
    if (event.target.matches('form[data-ripen-form]')) formSubmitted(event.target);
  });
  on(document, 'click', (event) => {
    const marked = event.target.closest('[data-ripen-track]');
    if (marked) track(marked.dataset.ripenTrack, JSON.parse(marked.dataset.ripenProperties || '{}'));
  });

  // The page's life -------------------------------------------------------------------------------

  const viewed = () => options.page !== 'off' && api.page();

  on(window, 'pagehide', leave);
  on(window, 'pageshow', (event) => event.persisted && viewed());
  on(window, 'storage', ({ key, newValue }) => { // decided in another tab
    if (key === CONSENT) api.consent(newValue === 'granted' || (!required && !newValue));
  });
  on(window, 'online', () => {
    failures = 0;
    adopt();
    schedule(0);
  });
  on(document, 'visibilitychange', () => document.visibilityState === 'hidden' && flush());

  if ('spa' in options) {
    let path = location.pathname;
    const moved = () => {
      if (path === location.pathname) return;
      path = location.pathname;
      viewed();
    };
    const pushState = history.pushState;
    history.pushState = function () {
      pushState.apply(history, arguments);
      setTimeout(moved); // when the site has set the new title
    };
    on(window, 'popstate', () => setTimeout(moved));
  }

  const start = () => {
    const early = ripen.splice(0);
    [api, api.cart].forEach((owner) => Object.keys(owner).forEach((name) => {
      if (typeof owner[name] === 'function') owner[name] = safely(owner[name]);
    }));
    Object.assign(ripen, api);
    adopt();
    viewed();
    ripen.push(...early);
  };
  if (document.prerendering) on(document, 'prerenderingchange', start);
  else start();
})();
