// The box “KiotViet” on WooCommerce's own page of an order (H8): its buttons, without leaving or saving the page.
import { __, sprintf } from '@wordpress/i18n';
import { get, post } from './rest.mjs';
import { troubleText } from './trouble.mjs';

/** Which buttons stand there, by state. */
const BUTTONS = { '': ['send'], waiting: ['send'], failed: ['retry', 'ignore'], review: ['retry', 'ignore'], ignored: ['retry'], left: [], sent: [] };

/** Names of the lines that are linked with no good; none where the order is not known yet. */
async function unlinked(order) {
  try {
    const { lines } = await get(`/orders/${order}`);
    return lines.filter(({ linked }) => !linked).map(({ label }) => label);
  } catch (error) {
    if (error.code === 'order-unknown') return [];
    throw error;
  }
}

function boxOf(box) {
  const part = (name) => box.querySelector(`[data-part="${name}"]`);
  const buttons = [...box.querySelectorAll('[data-action]')];
  const { names, colours } = JSON.parse(box.dataset.looks);
  let named = false;

  // WordPress gives its buttons a display of their own, which beats `hidden`.
  const show = (state) => buttons.forEach((button) => { button.style.display = (BUTTONS[state] ?? []).includes(button.dataset.action) ? '' : 'none'; });
  const say = (text) => { part('said').textContent = text; };

  function fill({ state, pos_code: code, cause }) {
    const mark = document.createElement('mark');
    mark.className = `order-status status-${colours[state] ?? 'pending'}`;
    mark.append(Object.assign(document.createElement('span'), { textContent: names[state] ?? state }));
    part('state').replaceChildren(mark);
    part('code').textContent = code;
    part('cause').textContent = cause ? `${cause.sentence} ${cause.remedy}`.trim() : '';
    show(state);
  }

  async function press(action) {
    const { order } = box.dataset;
    const missing = action === 'ignore' || named ? [] : await unlinked(order);
    if (missing.length > 0) {
      named = true;
      /* translators: %s: names of lines. */
      say(sprintf(__('Not linked to a good in KiotViet: %s. Link them first; press once more to try all the same.', 'dongbo'), missing.join(', ')));
      return;
    }
    fill(await post(`/orders/${order}/${action}`));
    say(action === 'ignore' ? __('Ignored.', 'dongbo') : __('It is sent in the background.', 'dongbo'));
  }

  buttons.forEach((button) => button.addEventListener('click', async () => {
    buttons.forEach((each) => { each.disabled = true; });
    try {
      await press(button.dataset.action);
    } catch (error) {
      say(troubleText(error));
    } finally {
      buttons.forEach((each) => { each.disabled = false; });
    }
  }));
  show(box.dataset.state);
}

document.querySelectorAll('.dongbo-order-box').forEach(boxOf);
