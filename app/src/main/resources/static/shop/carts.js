// The carts of this browser. A cart's id lasts for one filling: from its first product until it is
// bought or empty again. All tabs share one cart, unless a tab was given its own by ?cart=.

const CARTS = 'juniper-clay.carts';
const CURRENT = 'juniper-clay.cart';
const KEPT = 20;

const read = () => JSON.parse(localStorage.getItem(CARTS) || '{}');

function write(carts) {
  const newest = Object.entries(carts).sort(([, a], [, b]) => b.changed - a.changed).slice(0, KEPT);
  localStorage.setItem(CARTS, JSON.stringify(Object.fromEntries(newest)));
}

// A tab's own note of its cart wins; an empty one means: its own cart, not begun yet.
const home = () => (sessionStorage.getItem(CURRENT) === null ? localStorage : sessionStorage);

export const id = () => home().getItem(CURRENT) || '';

/** The lines, as pairs of product id and quantity. */
export const lines = () => Object.entries(read()[id()]?.quantities || {});

/** Changes a product's quantity by so many; answers the cart's id, which a first product makes. */
export function change(productId, by) {
  const carts = read();
  const cartId = carts[id()] ? id() : newId();
  const quantities = carts[cartId]?.quantities || {};
  const quantity = (quantities[productId] || 0) + by;
  if (quantity > 0) quantities[productId] = quantity;
  else delete quantities[productId];
  if (Object.keys(quantities).length) {
    home().setItem(CURRENT, cartId);
    carts[cartId] = { quantities, changed: Date.now() };
    write(carts);
  } else {
    end();
  }
  return cartId;
}

/** The cart was bought or emptied. */
export function end() {
  const carts = read();
  delete carts[id()];
  write(carts);
  home().setItem(CURRENT, '');
}

/** Gives this tab a new cart, or one that this browser knows; answers whether it does. */
export function open(wanted) {
  if (wanted !== 'new' && !read()[wanted]) return false;
  if (wanted !== id()) sessionStorage.setItem(CURRENT, wanted === 'new' ? '' : wanted);
  return true;
}

/** Another tab changed a cart. */
export const onChange = (listener) =>
  window.addEventListener('storage', ({ key }) => [CARTS, CURRENT].includes(key) && listener());

function newId() {
  const digits = crypto.getRandomValues(new Uint8Array(9));
  return 'c-' + Array.from(digits, (digit) => (digit % 36).toString(36)).join('') + Date.now().toString(36);
}
