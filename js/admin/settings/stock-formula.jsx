import { __, sprintf } from '@wordpress/i18n';
import { get, list } from '../rest.mjs';
import { number } from '../format.mjs';
import { useResource } from '../use-resource.mjs';
import { quantityText } from './draft.mjs';

/** D1 in words, with one real product's numbers as the shop has them now. */
export function StockFormula({ form }) {
  const example = useResource(async () => {
    const { rows } = await list('/goods', { state: 'linked', per_page: 20 });
    const row = rows.find(({ pos, shop }) => pos?.kind === 'ordinary' && pos.on_hand !== '' && shop?.stock);
    return row === undefined ? null : get(`/goods/${row.id}`);
  }, []);
  const names = form.settings.choices.branches.filter(({ id }) => form.value('branches').includes(String(id))).map(({ name }) => name);
  const buffer = quantityText(form.value('safety_buffer'));
  const parts = [
    names.length === 0 ? __('no branch is chosen: no stock is written', 'dongbo') : names.join(' + '),
    form.value('count_reserved') && __('minus what orders in KiotViet hold', 'dongbo'),
    /* translators: %s: a quantity. */
    buffer !== '0' && sprintf(__('minus a buffer of %s', 'dongbo'), number(buffer)),
    form.value('decimal_stock') ? false : __('rounded down', 'dongbo'),
  ].filter(Boolean);
  const good = example.data?.good;
  return (
    <div className="notice notice-info inline dongbo-formula">
      {/* translators: %s: how it is computed. */}
      <p><strong>{sprintf(__('What can be sold = %s, never below 0.', 'dongbo'), parts.join(', '))}</strong></p>
      {good && (
        <p>
          {/* translators: 1: a product, 2: stock in KiotViet, 3: stock on the website. */}
          {sprintf(__('For example %1$s: KiotViet has %2$s in these branches; the website shows %3$s.', 'dongbo'), good.label, number(good.pos.on_hand), number(good.shop.stock))}
        </p>
      )}
    </div>
  );
}
