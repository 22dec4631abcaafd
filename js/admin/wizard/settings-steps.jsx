import { __ } from '@wordpress/i18n';
import { Button } from '../parts/button.jsx';
import { StepForm } from './step-form.jsx';
import { PRICES_AND_STOCK, preset } from './steps.mjs';

/** Before anything was read there is nothing to choose from: said, with the way there. */
function NotRead({ status, form: { settings: { choices } } }) {
  if (status.counts.goods + choices.categories.length + choices.books.length > 0) return null;
  return <p className="notice notice-info inline">{__('Categories and price books are read at the step “Preview”. To choose among them, go on and come back to this step afterwards.', 'dongbo')}</p>;
}

/** Which goods come and what of them is kept in step. */
export function GoodsStep({ next, status }) {
  const above = (form) => (
    <>
      <NotRead status={status} form={form} />
      <div className="dongbo-actions">
        <Button variant="secondary" onClick={() => Object.entries(preset(PRICES_AND_STOCK, form.settings.fields)).forEach(([name, value]) => form.change(name, value))}>
          {__('Prices and stock only', 'dongbo')}
        </Button>
        <Button variant="secondary" onClick={() => Object.keys(PRICES_AND_STOCK).forEach((name) => {
          const field = form.settings.fields.find((one) => one.name === name);
          if (field) form.change(name, form.bind(field).fallback);
        })}>
          {__('As proposed', 'dongbo')}
        </Button>
      </div>
    </>
  );
  return (
    <StepForm next={next} above={above} names={['selection.mode', 'selection.categories', 'units', 'new_status',
      'policies.name', 'policies.description', 'policies.categories', 'policies.price', 'policies.sale_price', 'policies.stock', 'policies.sku']} />
  );
}

/** Which prices (C1). */
export function PricesStep({ next, status }) {
  const ready = ({ value }) => (value('sale_book') && value('sale_book') === value('regular_book')
    ? __('The same book cannot be both the regular and the sale price.', 'dongbo') : null);
  return <StepForm above={(form) => <NotRead status={status} form={form} />} names={['regular_book', 'sale_book', 'allow_zero_price']} ready={ready} next={next} />;
}

/** What becomes of web orders. */
export function OrdersStep({ next }) {
  const above = (form) => (form.settings.fields.some(({ group }) => group === 'orders') ? null
    : <p>{__('This version does not send web orders to KiotViet yet. Goods, prices and stock are kept in step.', 'dongbo')}</p>);
  return (
    <StepForm next={next} above={above} names={['orders.to_pos', 'orders.automatic', 'orders.statuses', 'orders.unknown_line',
      'orders.shipping', 'orders.create_customers', 'orders.handler', 'orders.status_to_site']} />
  );
}
