/*! ripen.js: tells Ripen what visitors do. Apache-2.0. No dependencies. */
//
//   <script async src="https://ripen.example/ripen.js" data-write-key="..."></script>
//
// Options, as attributes of the script tag:
//   data-write-key           which site this is (required)
//   data-api="https://..."   where events go, if not to where the script came from
//   data-consent="required"  nothing is stored or sent until ripen.consent(true)
//   data-privacy-signals     which of the browser's signals are a no: "gpc" (Global Privacy Control,
//                            if nothing is said), "gpc dnt" (Do Not Track, too) or "ignore"
//   data-page="off"          no page view by itself
//   data-spa                 a page view, too, when the site itself changes the path
//
// Calls made before the script has loaded are kept if the page has this line above them:
//   <script>window.ripen = window.ripen || [];</script>
// and makes them as ripen.push(['track', 'Signed Up', { plan: 'pro' }]), which works afterwards too.
//
// In the page:
//   <button data-ripen-track="Product Added" data-ripen-properties='{"product_id": "7"}'>
//   <a href="/prices" data-ripen-click="prices" data-ripen-text="See prices">
//   <main data-ripen-article>
//   <section data-ripen-product='{"product_id": "7", "price": 24}'>, or
//   <section data-ripen-product="7" data-ripen-product-name="Mug" data-ripen-product-price="24">
//     a data-ripen-track button in it says the product's properties, too
//   <form data-ripen-form="newsletter"> ... <input type="checkbox" data-ripen-consent="email:marketing">
//   <form data-ripen-form="registration" data-ripen-step="address">
// A sent form tells e-mail, phone and names by the fields' type, autocomplete or data-ripen-trait;
// other fields only where data-ripen-field names them. A number without + is read as one of
// ripen.sites.NAME.country, if the site says so. A ticked consent is told with its label's
// words. A form that is begun or left tells names of fields, and no value.
//
// The build leaves out comments and indentation: no line may begin with // and be none.
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
  const MOMENT = 5; // seconds; who stayed less has not looked
  const READING = 10; // seconds; who stayed less has read nothing
  const LETTERS = 25; // that one reads in a second
  const LONGEST_STAY = 30 * 60; // seconds; then somebody has left the window open
  const FLICK = 300; // ms
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

  // A no by the browser's settings holds until the person says yes to this very site.
  const obeyed = options.privacySignals || 'gpc';
  const signalled = (obeyed.includes('gpc') && navigator.globalPrivacyControl)
    || (obeyed.includes('dnt') && navigator.doNotTrack === '1');
  const required = signalled || options.consent === 'required';
  const choice = load(CONSENT);
  if (required ? choice === 'granted' : choice !== 'denied') consent = 'granted';
  else if (signalled || !required) consent = 'denied';

  // Those who say so; the door knows more of them.
  const isBot = /([^u]|^)bot\b|crawl|spider|slurp|externalhit|lighthouse/i.test(navigator.userAgent);

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
  const forgetAll = () => [ID, USER].concat(queues()).forEach(forget);

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

  // What brought the visitor stays known when the site drops it from the address.
  const CAMPAIGN = /^(utm_.+|[gy]clid|[gw]braid|msclkid|fbclid|ttclid|twclid|li_fat_id)$/;
  let landed;

  function campaign(search) {
    const found = {};
    new URLSearchParams(search).forEach((value, key) => {
      if (CAMPAIGN.test(key)) found[key === 'utm_campaign' ? 'name' : key.replace('utm_', '')] = value;
    });
    if (Object.keys(found).length) landed = found;
    return landed;
  }
  attempt(() => campaign(new URL(performance.getEntriesByType('navigation')[0].name).search));

  function context() {
    return {
      page: whichPage(),
      campaign: campaign(location.search),
      locale: navigator.language,
      timezone: attempt(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
      userAgent: navigator.userAgent,
      library: { name: 'ripen.js', version: VERSION },
    };
  }

  function record(type, content) {
    if (consent === 'denied' || isBot) return;
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
      if (!view.context || view.context.page.path !== location.pathname) renew();
      record('page', { name, properties: Object.assign(whichPage(), { name }, properties) });
    },
    // identify(userId, traits), or identify(traits) while the site has no id of the person.
    identify(userId, traits) {
      if (userId && typeof userId === 'object') return record('identify', { traits: userId });
      if (userId) keep(USER, String(userId));
      record('identify', { traits: traits || {} });
    },
    // Another person uses this browser from now on.
    reset() {
      forget(ID);
      forget(USER);
    },
    // Whether the visitor agrees to be tracked. A no forgets all that was kept.
    consent(granted) {
      if (granted) {
        consent = 'granted';
        Object.keys(memory).forEach((key) => keep(key, load(key)));
        keep(CONSENT, 'granted');
        save(Date.now());
        adopt();
        schedule(0);
        return;
      }
      forgetAll();
      queue = [];
      if (required) forget(CONSENT);
      else keep(CONSENT, 'denied');
      consent = 'denied';
    },
    cart: {
      add: (product) => track('Product Added', product),
      remove: (product) => track('Product Removed', product),
      view: (cart) => track('Cart Viewed', cart),
      checkout: (cart) => track('Checkout Started', cart),
      order: (order) => track('Order Completed', order),
    },
    // push(['track', 'Signed Up']) and push(['cart.add', {...}]) call what they name.
    push(...calls) {
      calls.forEach(([name, ...values]) =>
        safely(() => name.split('.').reduce((owner, part) => owner[part], ripen)(...values))());
    },
  };

  const on = (target, type, listener) =>
    target.addEventListener(type, safely(listener), { capture: true, passive: true });

  // A view: what is known of one look at one page. ------------------------------------------------

  let view = {};

  const now = () => performance.now();
  const isShown = () => document.visibilityState === 'visible';
  const stayed = () => Math.round((view.seen + (view.since ? now() - view.since : 0)) / 1000);

  function once(what, tell) {
    if (view.told.has(what)) return;
    view.told.add(what);
    tell();
  }

  function renew() {
    end();
    view = { context: context(), seen: 0, since: isShown() && now(), told: new Set(), forms: new Map() };
  }

  // The address may already be the next page's.
  function end() {
    const { context, forms } = view;
    if (!context) return;
    const tell = (event, properties) => record('track', { event, properties, context });
    forms.forEach(({ lastField }, form) => tell('Form Abandoned', {
      form: form.dataset.ripenForm,
      lastField,
      filled: Array.from(form.elements).filter((field) => !isSecret(field) && entered(field)).length,
    }));
    const seconds = stayed();
    if (seconds >= MOMENT) tell('Page Dwelled', { seconds: Math.min(seconds, LONGEST_STAY) });
    view = {};
  }

  // What is on the screen is looked at each second, as sites change it at any time.
  function look() {
    if (!view.since) return;
    document.querySelectorAll('[data-ripen-product]').forEach(safely((element) => {
      const { top, bottom, height } = element.getBoundingClientRect();
      if (height && bottom > 0 && top < innerHeight) {
        once(JSON.stringify(element.dataset), () => track('Product Viewed', productOf(element)));
      }
    }));

    const seconds = stayed();
    if (seconds < READING || view.told.has('read')) return;
    const article = ['[data-ripen-article]', 'article', 'main', 'html'].reduce(
      (found, each) => found || document.querySelector(each), null);
    const { bottom, height } = article.getBoundingClientRect();
    const fits = bottom + scrollY <= innerHeight;
    if (height && bottom < innerHeight + 2 && (!fits || seconds > article.innerText.length / LETTERS)) {
      once('read', () => track('Page Read', { seconds }));
    }
  }

  const leaving = () => view.told && stayed() >= MOMENT && once('exit', () => track('Exit Intended'));

  // By the top are the address, the tabs and the way back. A phone has no such way: there it is a
  // flick that pulls the page down fast, as one does who wants the address bar.
  on(document.documentElement, 'mouseleave', ({ target, clientY }) =>
    target === document.documentElement && clientY <= 0 && leaving());
  let touched;
  on(document, 'touchstart', (event) => {
    touched = { y: event.touches[0].clientY, at: event.timeStamp };
  });
  on(document, 'touchend', (event) => {
    const isFlick = event.timeStamp - touched.at < FLICK;
    if (isFlick && scrollY > 0 && event.changedTouches[0].clientY - touched.y > innerHeight / 4) leaving();
  });

  // Marked forms and elements ---------------------------------------------------------------------

  const TRAITS = { email: 'email', tel: 'phone', name: 'name', 'given-name': 'firstName', 'family-name': 'lastName' };
  const FORM = 'form[data-ripen-form]';

  const isSecret = ({ type, autocomplete, name, id }) =>
    /passw|cc-|card|cv[cv]|iban|one-time|hidden|submit|button/i.test([type, autocomplete, name, id]);
  const entered = (field) =>
    (!/^(checkbox|radio)$/.test(field.type) || field.checked) && (field.value || '').trim();

  function formSubmitted(form) {
    const traits = {};
    const properties = { form: form.dataset.ripenForm };
    const fields = Array.from(form.elements).filter((field) => field.type !== 'password');
    fields.forEach((field) => {
      const value = entered(field);
      if (!value) return;
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

  function productOf({ dataset }) {
    if (/^\s*{/.test(dataset.ripenProduct)) return JSON.parse(dataset.ripenProduct);
    const product = { product_id: dataset.ripenProduct };
    Object.keys(dataset).forEach((key) => {
      const name = key.split(/^ripenProduct(?=.)/)[1];
      if (!name) return;
      const value = dataset[key];
      product[name.replace(/\B[A-Z]/g, '_$&').toLowerCase()] = /^(Price|Quantity)$/.test(name) ? +value : value;
    });
    return product;
  }

  on(document, 'input', (event) => {
    // Ripen's own forms stand in a shadow; within an element that is a field itself, its input does.
    const path = event.composedPath();
    const target = path.find(({ nodeType, form }) => nodeType === 1 && form && form.matches && form.matches(FORM));
    if (!target || isSecret(path[0]) || isSecret(target) || !view.forms) return;
    const { form } = target;
    const { ripenForm: name, ripenStep: step, ripenOwn: own } = form.dataset;
    const begun = view.forms.get(form);
    if (!begun) track('Form Started', { form: name });
    // Who sends a form of Ripen's has not signed up anywhere.
    if (name === 'registration' && !own && !(begun && begun.step === step)) {
      track('Registration Started', { step, url: whichPage().url });
    }
    view.forms.set(form, { step, lastField: target.name || target.id });
  });
  on(document, 'submit', ({ target }) => {
    if (!target.matches(FORM)) return;
    if (view.forms) view.forms.delete(target);
    formSubmitted(target);
  });
  // Of Ripen's own forms the server tells what was sent.
  on(document, 'ripen:submitted', ({ detail }) => {
    if (view.forms) view.forms.forEach((begun, form, all) => form.dataset.ripenForm === detail.form && all.delete(form));
  });
  on(document, 'click', ({ target }) => {
    const clicked = target.closest('[data-ripen-click]');
    if (clicked) {
      const { ripenClick: name, ripenText: text } = clicked.dataset;
      const { href } = target.closest('a[href]') || {};
      track('Element Clicked', { name, text, href: /^http/.test(href) ? href.split(/[?#]/)[0] : undefined });
    }
    const marked = target.closest('[data-ripen-track]');
    if (!marked) return;
    const product = marked.closest('[data-ripen-product]');
    track(marked.dataset.ripenTrack,
      Object.assign(product ? productOf(product) : {}, JSON.parse(marked.dataset.ripenProperties || '{}')));
  });

  // The page's life -------------------------------------------------------------------------------

  const viewed = () => {
    renew();
    if (options.page !== 'off') api.page();
  };

  on(window, 'pagehide', () => {
    safely(end)();
    leave();
  });
  on(window, 'pageshow', (event) => event.persisted && viewed());
  on(window, 'storage', ({ key, newValue }) => { // decided in another tab
    const isYes = newValue === 'granted';
    if (key === CONSENT && isYes !== (consent === 'granted')) api.consent(isYes);
  });
  on(window, 'online', () => {
    failures = 0;
    adopt();
    schedule(0);
  });
  on(document, 'visibilitychange', () => {
    if (view.since) view.seen += now() - view.since;
    view.since = isShown() && now();
    if (!isShown()) flush();
  });

  if ('spa' in options) {
    // When the site has set the new title.
    const moved = () => setTimeout(safely(() => {
      if (view.context && view.context.page.path !== location.pathname) viewed();
    }));
    if (window.navigation) {
      on(navigation, 'currententrychange', moved);
    } else {
      ['pushState', 'replaceState'].forEach((name) => {
        const change = history[name];
        history[name] = function () {
          change.apply(history, arguments);
          moved();
        };
      });
      on(window, 'popstate', moved);
    }
  }

  const start = () => {
    const early = ripen.splice(0);
    [api, api.cart].forEach((owner) => Object.keys(owner).forEach((name) => {
      if (typeof owner[name] === 'function') owner[name] = safely(owner[name]);
    }));
    Object.assign(ripen, api);
    if (consent === 'denied') forgetAll();
    adopt();
    viewed();
    setInterval(safely(look), 1000);
    ripen.push(...early);
  };
  if (document.prerendering) on(document, 'prerenderingchange', start);
  else start();
})();
