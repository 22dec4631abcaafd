import { CheckboxControl } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { number } from '../format.mjs';
import { Button } from '../parts/button.jsx';
import { Confirm } from '../parts/confirm.jsx';
import { useAction } from '../parts/notices.jsx';
import { post } from '../rest.mjs';
import { ConnectForm } from '../wizard/connect-form.jsx';

/** Connecting again, and the end of a connection with what it would do (A6). */
export function ConnectionSettings({ status, reload }) {
  return (
    <>
      <ConnectForm connection={status.connection} onConnected={reload} />
      <h2>{__('Disconnect', 'dongbo')}</h2>
      <Disconnect reload={reload} />
    </>
  );
}

function Disconnect({ reload }) {
  const { act, busy } = useAction();
  const [plan, setPlan] = useState(null);
  const [options, setOptions] = useState({ forget_links: false, trash_products: false, remove_categories: false });
  const look = (chosen) => act('look', () => post('/connection/disconnect', { dry: true, ...chosen })).then((found) => found && setPlan(found));
  // Many products take several requests.
  const untilDone = async () => { for (;;) { const part = await post('/connection/disconnect', options); if (part.done) return part; } };
  const go = () => act('go', untilDone, __('Disconnected.', 'dongbo')).then((done) => { if (done) { setPlan(null); reload(); } });
  const choose = (next) => { setOptions(next); look(next); };
  const option = (name, label, count) => (
    <CheckboxControl __nextHasNoMarginBottom label={label} help={sprintf(/* translators: %s: a number. */ _n('%s item', '%s items', count, 'dongbo'), number(count))} disabled={count === 0}
      checked={options[name]} onChange={(on) => choose({ ...options, [name]: on })} />
  );
  return (
    <>
      <p>{__('Keeps everything unless you choose otherwise. Connecting to the same shop again goes on where it was.', 'dongbo')}</p>
      <Button variant="secondary" isDestructive isBusy={busy === 'look'} onClick={() => look(options)}>{__('Disconnect…', 'dongbo')}</Button>
      {plan && (
        <Confirm title={__('Disconnect from KiotViet?', 'dongbo')} action={__('Disconnect', 'dongbo')} destructive busy={busy === 'go'} onYes={go} onNo={() => setPlan(null)}>
          <p>
            {/* translators: %s: how many. */}
            {sprintf(_n('%s message registration of this site is taken back; other programs’ are left alone.', '%s message registrations of this site are taken back; other programs’ are left alone.', plan.webhooks, 'dongbo'), number(plan.webhooks))}
          </p>
          <fieldset className="dongbo-boxes">
            <legend>{__('Also', 'dongbo')}</legend>
            {option('forget_links', __('Forget the links between goods and products', 'dongbo'), plan.links)}
            {option('trash_products', __('Move the products Dongbo created to the trash (never those you made)', 'dongbo'), plan.created_products)}
            {option('remove_categories', __('Remove empty categories Dongbo created', 'dongbo'), plan.created_categories)}
          </fieldset>
          {plan.staying.length > 0 && <ul>{plan.staying.map(({ said, count }) => <li key={said.code}>{said.sentence} ({number(count)})</li>)}</ul>}
        </Confirm>
      )}
    </>
  );
}
