// The box “KiotViet” on WooCommerce's own page of a product (H4): why each field is as it is, asked for on demand.
import { __ } from '@wordpress/i18n';
import { get } from './rest.mjs';
import { troubleText } from './trouble.mjs';

const paragraph = (text) => Object.assign(document.createElement('p'), { textContent: text });

/** A field, and the rule that decided it. */
function row({ label, decision_words: decision, reason }) {
  const term = Object.assign(document.createElement('dt'), { textContent: label });
  const words = Object.assign(document.createElement('dd'), { textContent: [decision, reason.sentence].filter(Boolean).join(' ') });
  return [term, words];
}

function table({ label, steps, fields, family }) {
  const list = document.createElement('dl');
  for (const field of [...fields, ...(family?.fields ?? [])]) list.append(...row(field));
  const title = Object.assign(document.createElement('strong'), { textContent: label });
  return [title, ...steps.map(({ said }) => paragraph(said.sentence)), list];
}

document.querySelectorAll('.dongbo-product-box').forEach((box) => {
  const place = box.querySelector('[data-part="why"]');
  box.addEventListener('click', async ({ target }) => {
    const button = target.closest('[data-why]');
    if (!button || button.disabled) return;
    button.disabled = true;
    place.replaceChildren(paragraph(__('One moment…', 'dongbo')));
    try {
      place.replaceChildren(...table(await get(`/goods/${encodeURIComponent(button.dataset.why)}/why`)));
    } catch (error) {
      place.replaceChildren(paragraph(troubleText(error)));
    } finally {
      button.disabled = false;
    }
  });
});
