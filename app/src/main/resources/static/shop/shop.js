// The demo shop. It talks to Ripen as any site would: by the public calls of ripen.js, and by marked
// forms, which need no code.

import * as carts from '/shop/carts.js';

const CURRENCY = 'EUR';
const POSTAGE = 5.9;
const FREE_FROM = 60;

const ripen = (window.ripen = window.ripen || []);
const tell = (...call) => ripen.push(call);

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => Array.from(root.querySelectorAll(selector));
const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: CURRENCY });

const products = Object.fromEntries($$('.product').map((card) => [card.dataset.id, {
  ...card.dataset,
  price: Number(card.dataset.price),
  url: new URL('/shop/products/' + card.dataset.id, location.href).href,
  imageUrl: new URL(card.dataset.image, location.href).href,
}]));

// What Ripen is told, in the words of Segment's e-commerce events. --------------------------------

function asEvent(product, quantity) {
  return {
    product_id: product.id,
    sku: product.sku,
    name: product.name,
    brand: product.brand,
    variant: product.variant,
    category: product.category,
    price: product.price,
    quantity,
    currency: CURRENCY,
    url: product.url,
    image_url: product.imageUrl,
  };
}

const asCart = (id) => ({ cart_id: id, cart_url: new URL('/shop?cart=' + id, location.href).href });

function cart() {
  const lines = carts.lines().filter(([id]) => products[id]).map(([id, quantity]) => ({ product: products[id], quantity }));
  const subtotal = lines.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0);
  return { id: carts.id(), lines, subtotal: Math.round(subtotal * 100) / 100 };
}

function cartAsEvent() {
  const { id, lines, subtotal } = cart();
  return {
    ...asCart(id),
    currency: CURRENCY,
    total: subtotal,
    products: lines.map(({ product, quantity }) => asEvent(product, quantity)),
  };
}

function add(id, quantity) {
  tell('cart.add', { ...asCart(carts.change(id, quantity)), ...asEvent(products[id], quantity) });
  paint();
}

function remove(id, quantity) {
  tell('cart.remove', { ...asCart(carts.change(id, -quantity)), ...asEvent(products[id], quantity) });
  paint();
}

// The cart ----------------------------------------------------------------------------------------

const drawer = $('#cart');

function line({ product, quantity }) {
  const item = $('#line').content.cloneNode(true).firstElementChild;
  item.dataset.testid = 'line-' + product.id;
  item.dataset.id = product.id;
  $('img', item).src = product.image;
  $('.line-name', item).textContent = product.name;
  $('.line-variant', item).textContent = product.variant;
  $('output', item).textContent = quantity;
  $('.price', item).textContent = euros.format(product.price * quantity);
  $('.stepper', item).setAttribute('aria-label', 'Quantity of ' + product.name);
  const [less, more] = $$('[data-step]', item);
  less.setAttribute('aria-label', 'One less ' + product.name);
  more.setAttribute('aria-label', 'One more ' + product.name);
  $('.remove', item).setAttribute('aria-label', 'Remove ' + product.name);
  less.addEventListener('click', () => remove(product.id, 1));
  more.addEventListener('click', () => add(product.id, 1));
  $('.remove', item).addEventListener('click', () => remove(product.id, quantity));
  return item;
}

function paint() {
  const { lines, subtotal } = cart();
  const count = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const badge = $('.cart-count');
  badge.textContent = count;
  badge.hidden = !count;
  $('.cart-button').setAttribute('aria-label', `Cart, ${count} ${count === 1 ? 'item' : 'items'}`);

  const focus = focusInCart();
  $('.lines').replaceChildren(...lines.map(line));
  focus();
  $('.nothing').hidden = count > 0;
  $('.drawer-foot').hidden = !count;
  $('[data-testid=cart-total]').textContent = euros.format(subtotal);
  $('.postage').textContent = subtotal >= FREE_FROM
    ? 'We post it free.'
    : `Another ${euros.format(FREE_FROM - subtotal)}, and we post it free.`;
  paintSummary(lines, subtotal);
}

// Repainting must not lose the place of someone who works by keyboard.
function focusInCart() {
  const focused = document.activeElement;
  const item = focused?.closest?.('.line');
  if (!item) return () => {};
  const place = $$('button', item).indexOf(focused);
  return () => {
    const same = $(`.line[data-id="${item.dataset.id}"]`);
    (same ? $$('button', same)[place] : $('.close', drawer)).focus();
  };
}

function showCart() {
  if (drawer.open) return;
  drawer.showModal();
  if (cart().lines.length) tell('cart.view', cartAsEvent());
}

$('.cart-button').addEventListener('click', showCart);
carts.onChange(paint);

// A product ---------------------------------------------------------------------------------------

const sheet = $('#product');
const shopTitle = 'Juniper & Clay · ceramics and tea for slow mornings';
let opened = null;

function showProduct(id) {
  const product = products[id];
  if (!product || opened === product) return;
  opened = product;
  $('.sheet-picture', sheet).src = product.image;
  for (const field of ['brand', 'name', 'story', 'variant']) $(`[data-field=${field}]`, sheet).textContent = product[field];
  $('[data-field=price]', sheet).textContent = euros.format(product.price);
  $('output', sheet).textContent = 1;
  document.title = `${product.name} · Juniper & Clay`;
  if (!sheet.open) sheet.showModal();
  $('#product-title').focus();
  tell('track', 'Product Viewed', asEvent(product, 1));
}

const productInAddress = () => location.pathname.match('^/shop/products/([^/]+)$')?.[1];

function followAddress() {
  const id = productInAddress();
  if (id) showProduct(id);
  else if (sheet.open) sheet.close();
}

$$('.product-link').forEach((link) => link.addEventListener('click', (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState({ fromShelf: true }, '', link.href);
  followAddress();
}));

sheet.addEventListener('close', () => {
  opened = null;
  document.title = shopTitle;
  if (!productInAddress()) return;
  if (history.state?.fromShelf) history.back();
  else history.replaceState(null, '', '/shop');
});
window.addEventListener('popstate', followAddress);

$$('[data-step]', sheet).forEach((step) => step.addEventListener('click', () => {
  const output = $('output', sheet);
  output.textContent = Math.min(99, Math.max(1, Number(output.textContent) + Number(step.dataset.step)));
}));

$('[data-testid=add-to-cart]').addEventListener('click', () => {
  add(opened.id, Number($('output', sheet).textContent));
  sheet.close();
  showCart();
});

$$('.add').forEach((button) => button.addEventListener('click', () => {
  const { id } = button.closest('.product').dataset;
  add(id, 1);
  toast(`${products[id].name} is in your cart`);
}));

$$('.filters button').forEach((filter) => filter.addEventListener('click', () => {
  $$('.filters button').forEach((other) => other.setAttribute('aria-pressed', other === filter));
  $$('.product').forEach((card) => { card.hidden = filter.dataset.category && card.dataset.category !== filter.dataset.category; });
}));

// Checkout ----------------------------------------------------------------------------------------

const checkout = $('#checkout');
const contact = $('[data-step-name=contact]', checkout);
const delivery = $('[data-step-name=delivery]', checkout);
const email = $('#checkout-email');

const postage = (subtotal) => (delivery.elements.delivery.value === 'studio' || subtotal >= FREE_FROM ? 0 : POSTAGE);

function paintSummary(lines, subtotal) {
  if (!lines.length) return;
  $('.summary ul').replaceChildren(...lines.map(({ product, quantity }) => {
    const item = document.createElement('li');
    const picture = Object.assign(new Image(48, 48), { src: product.image, alt: '' });
    const name = Object.assign(document.createElement('span'), { textContent: `${quantity} × ${product.name}` });
    const price = Object.assign(document.createElement('span'), { textContent: euros.format(product.price * quantity), className: 'price' });
    item.append(picture, name, price);
    return item;
  }));
  const fee = postage(subtotal);
  $('[data-field=postage]', checkout).textContent = fee ? euros.format(fee) : 'free';
  $('[data-postage]').textContent = subtotal >= FREE_FROM ? 'free' : euros.format(POSTAGE);
  $('[data-field=total]', checkout).textContent = euros.format(subtotal + fee);
}

function step(name) {
  const steps = $$('.step', checkout);
  steps.forEach((each, i) => {
    each.hidden = each.dataset.stepName !== name;
    const mark = $$('.steps li')[i];
    if (each.hidden) mark.removeAttribute('aria-current');
    else mark.setAttribute('aria-current', 'step');
  });
  const title = $('h2', $(`[data-step-name=${name}]`, checkout));
  (name === 'contact' ? email : title).focus();
}

$('[data-testid=checkout]').addEventListener('click', () => {
  drawer.close();
  checkout.showModal();
  step('contact');
  tell('cart.checkout', cartAsEvent());
});

// Known as soon as the address stands there, whether or not the form is ever sent.
email.addEventListener('change', () => email.validity.valid && tell('identify', { email: email.value.trim() }));

contact.addEventListener('submit', (event) => {
  event.preventDefault();
  step('delivery');
});

delivery.addEventListener('change', paint);
$('[data-testid=checkout-back]').addEventListener('click', () => step('contact'));

delivery.addEventListener('submit', (event) => {
  event.preventDefault();
  const order = cartAsEvent();
  if (!order.products.length) return checkout.close(); // bought in another tab meanwhile
  const order_id = 'JC-' + Date.now().toString(36).toUpperCase();
  const shipping = postage(order.total);
  const total = Math.round((order.total + shipping) * 100) / 100;
  tell('cart.order', { order_id, cart_id: order.cart_id, currency: CURRENCY, total, shipping, products: order.products });
  carts.end();
  const first = $('#checkout-name').value.trim().split(/\s+/)[0];
  $('[data-field=who]', checkout).textContent = first ? ', ' + first : '';
  $('[data-field=order]', checkout).textContent = order_id;
  step('done');
  paint();
});

$('[data-testid=continue-shopping]').addEventListener('click', () => checkout.close());

// Letters -----------------------------------------------------------------------------------------

$('[data-ripen-form=newsletter]').addEventListener('submit', (event) => {
  event.preventDefault();
  event.target.reset();
  $('.thanks').hidden = false;
});

// Frame -------------------------------------------------------------------------------------------

let toastTimer;
function toast(words) {
  const place = $('.toast');
  place.textContent = words;
  place.classList.add('shown');
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => place.classList.remove('shown'), 2600);
}

$$('dialog').forEach((dialog) => dialog.addEventListener('click', (event) => event.target === dialog && dialog.close()));

const wanted = new URLSearchParams(location.search).get('cart');
const found = wanted && carts.open(wanted);
paint();
if (wanted) {
  history.replaceState(null, '', '/shop');
  if (!found) toast('That cart is not on this device any more');
  else if (wanted !== 'new') showCart();
}
followAddress();
document.documentElement.dataset.ready = '';
