/*! A form of Ripen. Apache-2.0. No dependencies. */
//
//   <script async src="https://ripen.example/forms/newsletter.js"></script>
//
// puts the form where the tag stands. Options, as attributes of the tag:
//   data-target="#place"  puts it into that element instead
//   data-lang="hu"        its language, if not that of the page (its lang attribute)
//
// Colours and so on, in any style sheet of the site: --ripen-accent, --ripen-on-accent, --ripen-text,
// --ripen-font, --ripen-heading-font, --ripen-radius, --ripen-edge, --ripen-field, --ripen-field-text, --ripen-danger.
// A form that was taken is told to the page by the event ripen:submitted {form}, which bubbles.
(() => {
  'use strict';

  const script = document.currentScript;
  const popup = script.ripenPopup; // {place, isTitled, visitor}, where ripen-onsite.js shows it in one
  const { name, style, languages } = 'FORM';
  const url = script.src.replace(/\.js([?#].*)?$/, '');
  const wished = [script.dataset.lang, document.documentElement.lang, navigator.language, 'en'];
  const language = wished.map((tag) => (tag || '').slice(0, 2).toLowerCase()).find((tag) => languages[tag])
    || Object.keys(languages)[0];
  const { html, words } = languages[language];

  const say = (key, value) => words[key].replace('{0}', value);
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

  function build(host) {
    const root = host.attachShadow({ mode: 'open' });
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style); // strict content security policies allow it
      root.adoptedStyleSheets = [sheet];
    } catch (old) {
      root.append(make('style', { textContent: style }));
    }
    const box = make('div', { className: 'ripen-form', lang: language });
    const form = make('form', { method: 'post', action: url, noValidate: true, innerHTML: html });
    form.dataset.ripenForm = name; // ripen.js tells that it was begun, and that it was left
    form.dataset.ripenOwn = 'yes'; // and no Registration Started, whatever it is called
    const said = make('p', { className: 'said', role: 'status' });
    box.append(form, said);
    root.append(box);
    if (popup && popup.isTitled) withoutHeading(form);
    behave(host, form, said);
  }

  /** What it begins with the popup has said in its own words. */
  function withoutHeading(form) {
    const first = form.querySelector('.text, .field, .row, .group, hr');
    const heading = first && first.matches('.text') && first.firstElementChild;
    if (!heading || !/^H\d$/.test(heading.tagName)) return;
    heading.remove();
    if (!first.textContent.trim()) first.remove();
  }

  function behave(host, form, said) {
    const button = form.querySelector('button');
    const label = button.textContent;
    const inputs = () => Array.from(form.elements).filter((input) => input.name && input.name[0] !== '_');
    const errorOf = (key) => form.querySelector('#error-' + CSS.escape(key));
    const holderOf = (input) => input.closest('.choice') || input;
    let beginning;
    let busy = false;

    // The server says, signed, when somebody began to fill it in.
    function begin() {
      beginning = beginning || fetch(url + '/token', { credentials: 'omit' })
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))))
        .then(({ token, wait }) => ({ token, ready: Date.now() + wait + 50 }))
        .catch((problem) => {
          beginning = null;
          throw problem;
        });
      return beginning;
    }

    function mark(key, text) {
      const place = errorOf(key);
      if (!place) return;
      place.textContent = text || '';
      place.hidden = !text;
      inputs().filter((input) => input.name === key).map(holderOf).forEach((holder) => {
        if (text) holder.setAttribute('aria-invalid', 'true');
        else holder.removeAttribute('aria-invalid');
      });
    }

    function problem(input) {
      const { validity, type } = input;
      const list = input.closest('[data-required]');
      if (list && !list.querySelector(':checked')) return say('choose');
      if (validity.valueMissing) {
        if (type === 'checkbox') return say('tick');
        return say(type === 'radio' || type === 'select-one' ? 'choose' : 'required');
      }
      if (validity.typeMismatch) return say('email');
      if (validity.badInput || validity.stepMismatch) return say('number');
      if (validity.rangeUnderflow) return say('min', input.min);
      if (validity.rangeOverflow) return say('max', input.max);
      if (validity.tooShort) return say('short', input.minLength);
      return '';
    }

    function show(errors) {
      mark('');
      inputs().forEach(({ name: key }) => mark(key, errors[key]));
      if (errors['']) mark('', errors['']);
      const first = inputs().find(({ name: key }) => errors[key]);
      said.textContent = first ? say('check') : ''; // the error of the whole is an alert itself
      if (first) first.focus();
      return !Object.keys(errors).length;
    }

    function check() {
      const errors = {};
      inputs().forEach((input) => {
        const text = problem(input);
        if (text && !errors[input.name]) errors[input.name] = text;
      });
      return show(errors);
    }

    function content(token) {
      const body = new URLSearchParams(new FormData(form));
      const tracker = window.ripen;
      const visitor = popup ? popup.visitor() : tracker && tracker.version && tracker.anonymousId();
      Object.entries({
        _token: token,
        _lang: language,
        _url: location.href.split('#')[0],
        _title: document.title,
        _referrer: document.referrer,
        _zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        _visitor: visitor || '',
      }).forEach(([key, value]) => body.set(key, value || ''));
      return body;
    }

    async function send() {
      const { token, ready } = await begin();
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, ready - Date.now())));
      const answer = await fetch(url, {
        method: 'POST',
        headers: { Accept: 'application/json' },
        body: content(token),
        credentials: 'omit',
      });
      const { thanks, errors, message, token: next, wait } = await answer.json();
      if (next) beginning = Promise.resolve({ token: next, ready: Date.now() + wait + 50 });
      if (thanks) done(thanks);
      else show(errors || { '': message || say('failed') });
    }

    function done(thanks) {
      const place = make('div', { className: 'thanks', tabIndex: -1 });
      place.setAttribute('role', 'status');
      place.append(make('p', { textContent: thanks }));
      form.replaceWith(place);
      said.remove();
      place.focus({ preventScroll: true });
      place.scrollIntoView({ block: 'nearest' });
      host.dispatchEvent(new CustomEvent('ripen:submitted', { bubbles: true, composed: true, detail: { form: name } }));
    }

    form.addEventListener('focusin', () => begin().catch(() => {}));
    form.addEventListener('input', ({ target }) => {
      if (target.name && holderOf(target).hasAttribute('aria-invalid')) mark(target.name, problem(target));
    });
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (busy || !check()) return;
      busy = true;
      button.setAttribute('aria-disabled', 'true');
      button.textContent = said.textContent = say('sending');
      try {
        await send();
      } catch (offline) {
        show({ '': say('failed') });
      }
      busy = false;
      button.removeAttribute('aria-disabled');
      button.textContent = label;
    });
  }

  function place() {
    const { target } = script.dataset;
    const host = make('div', { className: 'ripen-form-host' });
    const there = popup ? popup.place : target && document.querySelector(target);
    if (there) there.append(host);
    else if (document.body && document.body.contains(script)) script.before(host);
    else return console.warn(`ripen: the form ${name} has no place (expected: its script tag in the body, or data-target)`);
    return build(host);
  }
  if (!popup && document.readyState === 'loading') document.addEventListener('DOMContentLoaded', place);
  else place();
})();
