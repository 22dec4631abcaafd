import { RadioControl } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { StepForm } from './step-form.jsx';
import { STARTS } from './steps.mjs';

/** The three starting states; the last is where duplicates are born. */
export function StartStep({ next, status }) {
  const [start, setStart] = useState('');
  const both = start.startsWith('both');
  const advice = {
    'pos-only': __('Every good becomes a new product. A product that has the same SKU is not doubled: it is listed for you to link.', 'dongbo'),
    'site-only': __('The products stay as they are. After the first sync, send them to KiotViet from the Goods screen: what would be sent is shown first, and what KiotViet already has under the same code is linked.', 'dongbo'),
    'both-same': __('A good and a product with the same code are linked, nothing is doubled. What is found twice is listed for you to decide.', 'dongbo'),
    'both-other': __('Goods whose code is no product’s SKU would become new products, beside those you have. Correct the SKUs first, or let new products arrive as drafts and link them by hand on the Goods screen.', 'dongbo'),
  };
  const above = (form) => (
    <div className="dongbo-starts">
      <RadioControl label={__('Where are your goods now?', 'dongbo')} selected={both ? 'both' : start}
        onChange={(value) => choose(form, value === 'both' ? 'both-same' : value)}
        options={[
          { value: 'pos-only', label: __('Only in KiotViet: the website has no products yet', 'dongbo') },
          { value: 'site-only', label: __('Only on the website: KiotViet is still empty', 'dongbo') },
          { value: 'both', label: __('On both sides', 'dongbo') },
        ]} />
      {both && (
        <RadioControl label={__('Do both sides use the same codes?', 'dongbo')} selected={start} onChange={(value) => choose(form, value)}
          options={[
            { value: 'both-same', label: __('Yes: KiotViet’s codes are the SKUs here', 'dongbo') },
            { value: 'both-other', label: __('No, or not everywhere', 'dongbo') },
          ]} />
      )}
      {start !== '' && <p className={`notice inline ${start === 'both-other' ? 'notice-warning' : 'notice-info'}`} role="status">{advice[start]}</p>}
    </div>
  );
  const choose = (form, value) => {
    setStart(value);
    Object.entries(STARTS[value]).forEach(([name, setting]) => form.change(name, setting));
  };
  // Who comes back to this step has chosen before.
  const ready = () => (start === '' && status.last === null ? __('Choose what fits your shop.', 'dongbo') : null);
  return <StepForm names={start === 'both-other' ? ['new_status'] : []} above={above} ready={ready} next={next} />;
}
