/*! ripen-onsite.js: shows a visitor what is meant for them, and lets them chat. Apache-2.0. No dependencies. */
//
//   <script async src="https://ripen.example/ripen.js" data-write-key="..."></script>
//   <script async src="https://ripen.example/ripen-onsite.js" data-write-key="..."></script>
//
// Options, as attributes of the script tag:
//   data-write-key       which site this is (required)
//   data-api="https://…" where Ripen is, if not where the script came from
//   data-chat="off"      no button to begin a chat; a flow's chat is shown all the same
//                        (who writes there and cannot be reached is asked how to, once in a tab)
//   data-color="#0b7a75" the colour of buttons
//
// A popup may have a form: the site's own, which comes by its own script, /forms/NAME.js, from Ripen as well.
//
// It knows the visitor by the id that ripen.js keeps, and so does nothing before they agreed to it.
(() => {
  'use strict';

  const script = document.currentScript || document.querySelector('script[src*="ripen-onsite.js"]');
  if (!script || window.ripenOnSite) return;
  window.ripenOnSite = true;
  const options = script.dataset;
  const ripen = (options.api || new URL(script.src).origin).replace(/\/$/, '');
  const api = ripen + '/v1/onsite';
  const FLICK = 300; // ms, as in ripen.js
  const ANSWER = 15000; // ms that we wait for an answer; a line that is dead gives none, and no error
  const ROOM = 1400; // ms between two popups
  const THANKS = 8000; // ms that the thanks for a form stay

  const WORDS = {
    en: {
      chat: 'Chat', open: 'Chat with us', close: 'Close', write: 'Write a message', send: 'Send',
      you: 'You', us: 'We', failed: 'Not sent. Try again', hello: 'Ask us anything. We read along.',
      email: 'Your e-mail, so that we can answer you if you leave', only: 'Only to answer you: no newsletter, no advertising.',
      save: 'Save', no: 'No, thanks', wrong: 'Please look at the address once more.', again: 'That did not work. Please try again.',
      saved: 'Thank you. If you leave, we will answer by e-mail.', known: 'We have another address of yours, and answer there.',
    },
    ru: {
      chat: 'Чат', open: 'Напишите нам', close: 'Закрыть', write: 'Ваше сообщение', send: 'Отправить',
      you: 'Вы', us: 'Мы', failed: 'Не отправлено. Повторить', hello: 'Спросите нас о чём угодно. Мы читаем.',
      email: 'Ваш e-mail, чтобы мы могли ответить, если вы уйдёте', only: 'Только для ответа: ни рассылки, ни рекламы.',
      save: 'Сохранить', no: 'Нет, спасибо', wrong: 'Проверьте, пожалуйста, адрес.', again: 'Не получилось. Попробуйте ещё раз.',
      saved: 'Спасибо. Если вы уйдёте, мы ответим по электронной почте.', known: 'У нас уже есть другой ваш адрес, ответим туда.',
    },
    hu: {
      chat: 'Csevegés', open: 'Írjon nekünk', close: 'Bezárás', write: 'Írja be az üzenetét', send: 'Küldés',
      you: 'Ön', us: 'Mi', failed: 'Nem ment el. Újra', hello: 'Kérdezzen bátran, olvassuk.',
      email: 'E-mail-címe, hogy akkor is válaszolhassunk, ha elmegy', only: 'Csak a válaszhoz: se hírlevél, se reklám.',
      save: 'Mentés', no: 'Köszönöm, nem', wrong: 'Kérjük, nézze meg még egyszer a címet.', again: 'Nem sikerült. Kérjük, próbálja újra.',
      saved: 'Köszönjük. Ha elmegy, e-mailben válaszolunk.', known: 'Már van egy másik címe nálunk, oda válaszolunk.',
    },
  };
  const language = (document.documentElement.lang || navigator.language || 'en').slice(0, 2).toLowerCase();
  const words = WORDS[language] || WORDS.en;

  const uuid = () =>
    crypto.randomUUID
      ? crypto.randomUUID()
      : '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (c) =>
          (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
  const attempt = (action) => {
    try {
      return action();
    } catch (blocked) {
      return undefined;
    }
  };
  const WINDOW = uuid();
  const later = (ms) => new Promise((done) => setTimeout(done, ms));

  function kept(key) {
    const found = document.cookie.match(`(?:^|; )${key}=([^;]*)`);
    return attempt(() => localStorage.getItem(key)) || (found && decodeURIComponent(found[1]));
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

  async function post(path, content) {
    const body = JSON.stringify(
      Object.assign({ writeKey: options.writeKey, anonymousId: anonymousId() }, content));
    // As text, so that no browser asks first.
    const signal = attempt(() => AbortSignal.timeout(ANSWER)); // older browsers have none
    const answer = await fetch(`${api}/${path}`, { method: 'POST', body, keepalive: true, signal });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  // What it looks like ------------------------------------------------------------------------------

  const STYLE = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    .all { --tint: #0b7a75; font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; color: #1f2a44; }
    button, a.button { font: inherit; cursor: pointer; }
    :focus-visible { outline: 3px solid #f2b84b; outline-offset: 2px; }
    .popup { position: fixed; z-index: 2147483646; background: #fff; border-radius: 16px; padding: 22px 24px 20px;
      box-shadow: 0 18px 60px rgba(20, 30, 60, .28); width: min(380px, calc(100vw - 32px)); animation: rise .25s ease-out; }
    .popup:focus { outline: none; }
    .popup.corner { right: 16px; bottom: 16px; }
    .popup.center { left: 50%; top: 50%; transform: translate(-50%, -50%); width: min(460px, calc(100vw - 32px)); animation: none; }
    .popup.bar { left: 0; right: 0; bottom: 0; width: auto; border-radius: 16px 16px 0 0; display: flex; gap: 14px 20px;
      align-items: center; flex-wrap: wrap; padding-right: 64px; }
    .popup.bar .words { flex: 1 1 280px; }
    .popup.bar .buttons { margin: 0; }
    .shade { position: fixed; inset: 0; z-index: 2147483645; background: rgba(20, 30, 60, .45); }
    h2 { margin: 0 28px 6px 0; font-size: 1.2em; line-height: 1.3; }
    p { margin: 0; white-space: pre-line; overflow-wrap: anywhere; }
    .popup.filled { width: min(430px, calc(100vw - 32px)); padding: 0; }
    .filled .body { max-height: calc(100vh - 32px); max-height: calc(100dvh - 32px); overflow-y: auto; overscroll-behavior: contain;
      padding: 22px 24px; border-radius: inherit; }
    .filled .close { background: #fff; }
    .form { --ripen-accent: var(--tint); --ripen-on-accent: #fff; --ripen-text: initial; --ripen-font: initial; --ripen-heading-font: initial;
      --ripen-field: #fff; --ripen-field-text: #1f2a44; --ripen-edge: #8a93a6; --ripen-danger: #b3261e; --ripen-radius: 10px; margin-top: 14px; }
    .form:first-child { margin-top: 0; padding-right: 24px; }
    .buttons { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 16px; }
    a.button { display: inline-block; padding: 9px 16px; border-radius: 10px; text-decoration: none; background: #eef1f4;
      color: #1f2a44; font-weight: 600; }
    a.button:first-child { background: var(--tint); color: #fff; }
    .form ~ .buttons a.button { background: #eef1f4; color: #1f2a44; }
    .close { position: absolute; top: 10px; right: 10px; width: 36px; height: 36px; border: 0; border-radius: 50%;
      background: transparent; color: #5a6478; font-size: 22px; line-height: 1; }
    .close:hover { background: #eef1f4; }
    .bubble { position: fixed; z-index: 2147483644; right: 16px; bottom: 16px; border: 0; border-radius: 28px; padding: 14px 20px;
      background: var(--tint); color: #fff; font-weight: 600; box-shadow: 0 8px 28px rgba(20, 30, 60, .3); }
    .bubble b { margin-left: 8px; background: #fff; color: var(--tint); border-radius: 10px; padding: 1px 8px; }
    .chat { position: fixed; z-index: 2147483645; right: 16px; bottom: 16px; width: min(370px, calc(100vw - 32px));
      height: min(540px, calc(100vh - 32px)); display: flex; flex-direction: column; background: #fff; border-radius: 16px;
      box-shadow: 0 18px 60px rgba(20, 30, 60, .28); overflow: hidden; }
    .chat header { background: var(--tint); color: #fff; padding: 14px 18px; font-weight: 600; }
    .chat .close { color: #fff; top: 8px; }
    .chat .close:hover { background: rgba(255, 255, 255, .2); }
    .lines { flex: 1; overflow-y: auto; margin: 0; padding: 16px; list-style: none; display: flex; flex-direction: column; gap: 10px; }
    .lines li { max-width: 85%; padding: 9px 13px; border-radius: 14px; background: #eef1f4; align-self: flex-start; }
    .lines li.visitor { align-self: flex-end; background: #d8efee; }
    .lines li small { display: block; color: #5a6478; font-size: .78em; }
    .lines li .buttons { margin-top: 10px; }
    .lines li.failed { background: #fde7e4; }
    .again { border: 0; background: none; padding: 0; text-decoration: underline; color: #a32b1a; }
    .hello { color: #5a6478; text-align: center; }
    form, .contact > p { display: flex; gap: 8px; padding: 12px; border-top: 1px solid #e3e7ec; }
    textarea, .contact input { flex: 1 1 200px; min-width: 0; font: inherit; color: inherit; border: 1px solid #8a93a6; border-radius: 10px; padding: 8px 10px; }
    textarea { resize: none; height: 44px; }
    form button { border: 0; border-radius: 10px; padding: 0 16px; background: var(--tint); color: #fff; font-weight: 600; }
    .contact form { flex-wrap: wrap; font-size: .9em; }
    .contact label, .contact small, .wrong { flex: 1 1 100%; }
    .contact small { color: #5a6478; margin-top: -6px; }
    .contact button { padding: 8px 14px; }
    .contact .no { background: #eef1f4; color: inherit; }
    .wrong { color: #b3261e; }
    .wrong:empty { display: none; }
    [hidden] { display: none !important; }
    @keyframes rise { from { transform: translateY(24px); opacity: 0; } }
    @media (prefers-reduced-motion: reduce) { .popup { animation: none; } }
  `;

  const host = document.createElement('ripen-onsite');
  const root = host.attachShadow({ mode: 'open' });
  const all = element('div', { className: 'all' });

  /** An element with properties, attributes by their hyphens, and what is in it. */
  function element(name, properties, ...content) {
    const made = document.createElement(name);
    Object.entries(properties || {}).forEach(([key, value]) => {
      if (/^(aria-|role$)/.test(key)) made.setAttribute(key, value);
      else made[key] = value;
    });
    made.append(...content.filter(Boolean));
    return made;
  }

  const closeButton = (onclick) =>
    element('button', { type: 'button', className: 'close', 'aria-label': words.close, onclick }, '×');

  /** Links of the message; only to the web. */
  function buttons(message, onclick) {
    const links = (message.buttons || [])
      .filter((button) => /^https?:\/\//i.test(button.url))
      .map((button) =>
        element('a', { className: 'button', href: button.url, target: '_blank', rel: 'noopener', onclick }, button.label));
    return links.length ? element('div', { className: 'buttons' }, ...links) : null;
  }

  function begin() {
    const sheet = attempt(() => {
      const made = new CSSStyleSheet();
      made.replaceSync(STYLE);
      return made;
    });
    if (sheet) root.adoptedStyleSheets = [sheet];
    else root.append(element('style', { textContent: STYLE }));
    if (/^#[0-9a-f]{3,8}$/i.test(options.color || '')) all.style.setProperty('--tint', options.color);
    root.append(all);
    document.body.append(host);
  }

  // Popups: one at a time, each in one window only ------------------------------------------------------

  const popups = [];
  const unanswered = []; // popups that Ripen was asked for, and was not there
  let isShowing = false;

  const isVisible = () => document.visibilityState === 'visible';
  const visible = () =>
    isVisible()
      ? Promise.resolve()
      : new Promise((done) => document.addEventListener('visibilitychange', function seen() {
          if (!isVisible()) return;
          document.removeEventListener('visibilitychange', seen);
          done();
        }));
  /** The mouse leaves by the top, or a finger pulls the page down fast: what ripen.js tells as Exit Intended. */
  const leaving = () =>
    new Promise((done) => {
      const page = document.documentElement;
      let touched;
      const on = {
        mouseleave: (event) => event.target === page && event.clientY <= 0 && leave(),
        touchstart: (event) => (touched = { y: event.touches[0].clientY, at: event.timeStamp }),
        touchend: (event) => {
          const isFlick = touched && event.timeStamp - touched.at < FLICK;
          if (isFlick && scrollY > 0 && event.changedTouches[0].clientY - touched.y > innerHeight / 4) leave();
        },
      };
      const leave = () => {
        Object.keys(on).forEach((name) => page.removeEventListener(name, on[name], true));
        done();
      };
      Object.keys(on).forEach((name) => page.addEventListener(name, on[name], { passive: true, capture: true }));
    });
  let exits = Promise.resolve(); // one popup each time that somebody is about to leave

  /** Nothing comes between the visitor and one of us in the open chat. */
  const isTalking = () => chat && !chat.panel.hidden && chat.isPersonal;

  async function popup(message) {
    const { when, form } = message.look || {};
    const loading = form && loadForm(message);
    if (when === 'exit') await (exits = exits.then(leaving));
    message.form = await loading;
    if (form && !message.form) {
      console.warn(`ripen: the form ${form} could not be loaded, so the popup with it is not shown now`);
      heard.delete(message.id); // the next line to Ripen tells of it again
      return;
    }
    popups.push(message);
    showPopups();
  }

  async function showPopups() {
    if (isShowing) return;
    isShowing = true;
    while (popups.length) {
      await visible();
      while (isTalking()) await later(ROOM);
      const next = popups.shift();
      const isOurs = await claim(next.id);
      if (isOurs === undefined) unanswered.push(next);
      if (!isOurs) continue;
      await show(next);
      await later(ROOM);
    }
    isShowing = false;
  }

  /** Tells Ripen, again where its answer was lost. */
  async function insist(path, content) {
    for (const wait of [0, 1000, 4000]) {
      await later(wait);
      try {
        return await post(path, content);
      } catch (failure) {
        // Told again.
      }
    }
    return {};
  }

  /** Whether this window is the one that shows it; undefined while Ripen is away. */
  const claim = async (id) => (await insist('shown', { id, window: WINDOW })).show;

  /** The form of a popup; tried again, as an engine may be just starting. */
  async function loadForm(message) {
    for (const wait of [0, 1000, 4000]) {
      await later(wait);
      try {
        return await form(message);
      } catch (failure) {
        // Tried again.
      }
    }
    return undefined;
  }

  /** By the script that sites put it on their pages with. */
  function form(message) {
    const { form, lang } = message.look;
    const place = element('div', { className: 'form' });
    const tag = element('script', { src: `${ripen}/forms/${encodeURIComponent(form)}.js`, nonce: script.nonce });
    tag.ripenPopup = { place, isTitled: Boolean(message.title), visitor: () => whose };
    if (lang) tag.dataset.lang = lang;
    const loaded = new Promise((done, failed) => {
      tag.onload = () => (place.firstChild ? done(place) : failed());
      tag.onerror = failed;
    });
    document.head.append(tag);
    return loaded.finally(() => tag.remove());
  }

  /** A finger leaves nothing behind, though browsers say so. */
  const isHovered = (box) => matchMedia('(hover: hover)').matches && box.matches(':hover');

  function show(message) {
    const { form, look = {} } = message;
    const isWide = look.place === 'center' || (look.place === 'bar' && !form);
    const place = isWide ? look.place : 'corner'; // a form needs more room than a bar has
    const isModal = place === 'center';
    const before = document.activeElement;
    return new Promise((done) => {
      let isBegun = false;
      const close = () => {
        const wasInside = box.contains(root.activeElement);
        document.removeEventListener('keydown', key, true);
        if (!box.isConnected) return;
        box.remove();
        if (shade) shade.remove();
        if ((isModal || wasInside) && before && before.focus) before.focus();
        post('closed', { id: message.id }).catch(() => {});
        done();
      };
      const thank = () => {
        isBegun = false;
        insist('sent', { id: message.id });
        box.querySelectorAll('.words, .buttons').forEach((said) => said.remove());
        const leave = () => setTimeout(() => (isHovered(box) ? leave() : close()), THANKS);
        leave();
      };
      // What somebody has begun to fill in is not lost by a click beside it.
      const shade = isModal ? element('div', { className: 'shade', onclick: () => isBegun || close() }) : null;
      const box = drawPopup(message, place, close);
      box.oninput = () => (isBegun = true);
      box.addEventListener('ripen:submitted', thank);
      const key = (event) => {
        if (event.key === 'Escape' && !event.isComposing) close();
        if (isModal && event.key === 'Tab') keepInside(event, box);
      };
      document.addEventListener('keydown', key, true);
      all.append(...[shade, box].filter(Boolean));
      if (isModal) box.focus();
    });
  }

  function drawPopup(message, place, close) {
    const { title, text, form, look = {} } = message;
    const isModal = place === 'center';
    const words = element('div', { className: 'words', ...(form && !isModal && { role: 'status' }) },
      title && element('h2', {}, title), element('p', {}, text));
    const parts = [words, form, buttons(message, close)];
    const box = element('section',
      { className: `popup ${place}${form ? ' filled' : ''}`, role: isModal || form ? 'dialog' : 'status', 'aria-modal': String(isModal),
        'aria-label': title || text.slice(0, 80), tabIndex: -1 },
      ...(form ? [element('div', { className: 'body' }, ...parts)] : parts),
      closeButton(close));
    if (look.lang) box.lang = look.lang;
    return box;
  }

  /** What has the focus, also within a form. */
  function focused() {
    let at = root.activeElement;
    while (at && at.shadowRoot) at = at.shadowRoot.activeElement;
    return at;
  }

  function stopsIn(node) {
    return [...node.querySelectorAll('*')].flatMap((each) => {
      if (each.shadowRoot) return stopsIn(each.shadowRoot);
      return each.matches('a[href], button, input:not([type=hidden]), select, textarea') && each.tabIndex >= 0 ? [each] : [];
    });
  }

  /** Behind its last stop comes its first, and the other way round. */
  function keepInside(event, box) {
    const stops = stopsIn(box);
    const at = focused();
    const isOf = (stop) => at === stop || (at && at.type === 'radio' && at.name === stop.name); // a group is one stop
    const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
    if (stops.includes(at) && !isOf(from)) return;
    event.preventDefault();
    to.focus();
  }

  // The chat ----------------------------------------------------------------------------------------

  const SEEN = 'ripen_chat_seen'; // the newest line that somebody has looked at
  const CLOSED = 'ripen_chat_closed';
  const lines = new Map(); // what is on the list, by the window's own id or Ripen's
  const unseen = new Set(); // lines of flows that nobody has looked at
  let chat;

  function line(message) {
    drawChat();
    const known = message.own && lines.get(message.own);
    if (known) {
      known.className = 'visitor';
      known.querySelector('small').textContent = words.you;
      place(known, message.id);
    }
    const key = message.own || message.id;
    if (known || lines.has(key)) return;
    add(key, message);
    if (message.author === 'person') chat.isPersonal = true;
    if (message.author !== 'visitor' && message.id > Number(attempt(() => sessionStorage.getItem(SEEN)) || 0)) {
      if (message.author === 'flow') unseen.add(message.id);
      chat.news += 1;
      chat.newest = Math.max(chat.newest, message.id);
      if (chat.panel.hidden && !chat.wasClosed) openChat(false);
    }
    seeChat();
  }

  function add(key, message) {
    const who = message.author === 'visitor' ? words.you : message.name || words.us;
    const item = element('li', { className: message.author },
      element('small', {}, who), element('p', {}, message.text), buttons(message));
    lines.set(key, item);
    chat.hello.hidden = true;
    place(item, message.id);
    chat.list.scrollTop = chat.list.scrollHeight;
    return item;
  }

  /** By Ripen's order; what Ripen does not have yet comes last. */
  function place(item, id) {
    item.order = id || Infinity;
    const after = [...chat.list.children].find((other) => other !== item && other.order > item.order);
    chat.list.insertBefore(item, after || null);
  }

  function drawChat() {
    if (chat) return;
    const hello = element('li', { className: 'hello' }, words.hello);
    const list = element('ol', { className: 'lines', 'aria-live': 'polite' }, hello);
    const text = element('textarea', { maxLength: 2000, placeholder: words.write, 'aria-label': words.write });
    const form = element('form', {}, text, element('button', { type: 'submit' }, words.send));
    const contact = element('div', { className: 'contact', 'aria-live': 'polite' });
    const panel = element('section', { className: 'chat', role: 'dialog', 'aria-label': words.open, hidden: true },
      element('header', {}, words.open), list, contact, form, closeButton(closeChat));
    const count = element('b', { hidden: true });
    const bubble = element('button', { type: 'button', className: 'bubble', 'aria-label': words.open, onclick: () => openChat(true) },
      words.chat, count);
    const wasClosed = attempt(() => sessionStorage.getItem(CLOSED)) === 'yes';
    chat = { hello, list, contact, text, panel, bubble, count, news: 0, newest: 0, wasClosed };
    form.onsubmit = (event) => {
      event.preventDefault();
      say();
    };
    text.onkeydown = (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        say();
      }
    };
    panel.onkeydown = (event) => {
      if (event.key === 'Escape') closeChat();
    };
    all.append(bubble, panel);
  }

  function openChat(byHand) {
    chat.panel.hidden = false;
    chat.bubble.hidden = true;
    chat.list.scrollTop = chat.list.scrollHeight;
    if (byHand) chat.text.focus();
    seeChat();
  }

  function closeChat() {
    chat.panel.hidden = true;
    chat.bubble.hidden = false;
    chat.wasClosed = true;
    attempt(() => sessionStorage.setItem(CLOSED, 'yes'));
    chat.bubble.focus();
    seeChat();
  }

  function seeChat() {
    if (!chat.panel.hidden && isVisible()) {
      chat.news = 0;
      if (chat.newest) attempt(() => sessionStorage.setItem(SEEN, chat.newest));
      unseen.forEach(see);
      unseen.clear();
    }
    chat.count.hidden = !chat.news;
    chat.count.textContent = chat.news;
  }

  /** What waited too long to be seen is said in another way. */
  async function see(id) {
    const answer = await insist('shown', { id, window: WINDOW });
    if (answer.gone) lines.get(id)?.remove();
    if (answer.show === undefined) unseen.add(id); // told when the line is open again
  }

  function say() {
    const text = chat.text.value.trim();
    if (!text) return;
    chat.text.value = '';
    const id = uuid();
    send(id, text, add(id, { author: 'visitor', text }));
  }

  /** Tries a few times; then it can be touched to try again. Sent twice, it is kept once. Tells whether it went. */
  async function send(id, text, item) {
    for (const wait of [0, 700, 1500, 4000]) {
      await later(wait);
      const answer = await post('chat', { id, text }).catch(() => undefined); // tried again
      if (!answer) continue;
      if (answer.reachable === false && item.isConnected) askForContact();
      return true;
    }
    item.className = 'visitor failed';
    const again = element('button', { type: 'button', className: 'again' }, words.failed);
    again.onclick = () => {
      item.className = 'visitor';
      item.querySelector('small').textContent = words.you;
      return send(id, text, item);
    };
    item.querySelector('small').replaceChildren(again);
    return false;
  }

  let resending = Promise.resolve();

  /** What was not sent, one after the other as it was written; not the next before its turn. */
  async function sendAgain() {
    for (const button of root.querySelectorAll('.again')) {
      if (button.isConnected && !(await button.onclick())) return;
    }
  }

  // How somebody whom we cannot reach is answered when they have left: asked once in a tab, never insisted on.

  const ASKED = 'ripen_chat_asked';

  function askForContact() {
    const here = chat;
    if (here.contact.firstChild || attempt(() => sessionStorage.getItem(ASKED))) return;
    const wrong = element('p', { className: 'wrong', id: 'wrong' });
    const email = element('input',
      { id: 'email', type: 'email', autocomplete: 'email', maxLength: 254, 'aria-describedby': 'only wrong' });
    const done = (...content) => {
      attempt(() => sessionStorage.setItem(ASKED, 'yes'));
      here.contact.replaceChildren(...content);
      here.text.focus();
    };
    const form = element('form', { noValidate: true },
      element('label', { htmlFor: 'email' }, words.email), element('small', { id: 'only' }, words.only), email,
      element('button', { type: 'submit' }, words.save),
      element('button', { type: 'button', className: 'no', onclick: () => done() }, words.no), wrong);
    const mend = (what) => {
      wrong.textContent = what;
      email.setAttribute('aria-invalid', String(what === words.wrong));
      email.focus();
    };
    form.onsubmit = async (event) => {
      event.preventDefault();
      if (!/^\S+@\S+$/.test(email.value.trim())) return mend(words.wrong);
      try {
        await post('contact', { id: uuid(), email: email.value.trim() }); // mended, it is another
        done(element('p', {}, words.saved));
      } catch (failure) {
        if (failure.message === '409') done(element('p', {}, words.known));
        else mend(failure.message === '422' ? words.wrong : words.again);
      }
    };
    here.contact.append(form);
    here.list.scrollTop = here.list.scrollHeight;
  }

  // The line to Ripen: there while somebody looks, and as whom ripen.js says ---------------------------

  const HIDDEN_FOR = 30000; // ms; browsers have few lines to one server for all tabs together
  const heard = new Set();
  let source;
  let whose;
  let pause = 2000;
  let hidden;
  let beat = 25; // s; so often Ripen says that it is there, if it says nothing else
  let deadAt;

  /** Until two beats are missing: who stands between swallows all, or we have slept. Not all windows at once. */
  const alive = () => (deadAt = Date.now() + beat * 1000 * (2.2 + Math.random()));

  function connect() {
    disconnect();
    if (!whose || !isVisible()) return;
    alive();
    const stream = new EventSource(
      `${api}?writeKey=${encodeURIComponent(options.writeKey)}&anonymousId=${encodeURIComponent(whose)}`);
    source = stream;
    const on = (name, what) =>
      stream.addEventListener(name, (event) => {
        const message = JSON.parse(event.data);
        if (source !== stream || heard.has(message.id)) return;
        heard.add(message.id);
        what(message);
      });
    on('popup', popup);
    on('chat', line);
    stream.addEventListener('beat', (event) => {
      beat = Number(event.data) || beat;
      if (source === stream) alive();
    });
    stream.onopen = () => {
      pause = 2000;
      popups.push(...unanswered.splice(0));
      showPopups();
      if (chat) seeChat();
      resending = resending.then(sendAgain).catch(() => {});
    };
    stream.onerror = () => {
      if (stream.readyState !== EventSource.CLOSED || source !== stream) return; // it tries again by itself
      setTimeout(() => source === stream && connect(), pause + Math.random() * 1000);
      pause = Math.min(pause * 2, 60000);
    };
  }

  function disconnect() {
    if (source) source.close();
    source = undefined;
  }

  /** Another person, or nobody who agreed: what was shown is not theirs. */
  function follow() {
    const id = anonymousId();
    if (id === whose) {
      // What it missed comes first. One that is closed waits for its own time.
      if (source && source.readyState !== EventSource.CLOSED && Date.now() > deadAt) connect();
      return;
    }
    whose = id;
    heard.clear();
    popups.length = 0;
    unanswered.length = 0;
    exits = Promise.resolve();
    isShowing = false;
    lines.clear();
    unseen.clear();
    all.replaceChildren();
    chat = undefined;
    if (id && options.chat !== 'off') drawChat();
    connect();
  }

  function start() {
    begin();
    follow();
    setInterval(follow, 500);
    document.addEventListener('visibilitychange', () => {
      clearTimeout(hidden);
      if (!isVisible()) hidden = setTimeout(disconnect, HIDDEN_FOR);
      else if (!source) connect();
      if (chat) seeChat();
    });
    addEventListener('pagehide', disconnect);
    addEventListener('pageshow', (event) => event.persisted && connect());
  }

  if (document.body) start();
  else addEventListener('DOMContentLoaded', start);
})();
