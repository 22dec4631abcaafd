import { TextControl } from '@wordpress/components';
import { useEffect, useRef, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { Button } from '../parts/button.jsx';
import { Said } from '../parts/said.jsx';
import { Trouble } from '../parts/trouble.jsx';
import { post } from '../rest.mjs';
import { WhereInKiotViet } from './where-in-kiotviet.jsx';

const FIELDS = ['address', 'client_id', 'secret'];

/** Shop address, Client ID, secret; a failure stands beside the field that caused it (A2). */
export function ConnectForm({ connection, onConnected }) {
  const [values, setValues] = useState({ address: connection?.shop ?? '', client_id: connection?.client_id ?? '', secret: '' });
  const [tested, setTested] = useState(null);
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState('');
  const form = useRef(null);

  // The keyboard goes to the field that is wrong.
  const wrong = tested && !tested.connected ? tested.field : null;
  useEffect(() => {
    if (wrong) form.current?.querySelector(`[data-field="${wrong}"] input`)?.focus();
  }, [tested]); // eslint-disable-line -- anew for each answer, also for the same field

  const send = async (route) => {
    setBusy(route);
    setError(null);
    try {
      const answer = await post(`/connection/${route}`, { address: values.address, client_id: values.client_id, client_secret: values.secret });
      setTested({ ...answer, route });
      if (route === 'connect' && answer.connected) await onConnected();
    } catch (refused) {
      setTested(null);
      setError(refused);
    } finally {
      setBusy('');
    }
  };
  const fixed = { client_id: connection?.client_id_fixed ? 'DONGBO_CLIENT_ID' : null, secret: connection?.secret_fixed ? 'DONGBO_CLIENT_SECRET' : null };
  const field = (name, label, help, rest = {}) => (fixed[name] ? (
    <p data-field={name}>
      {/* translators: 1: a field, 2: a constant's name. */}
      <strong>{label}</strong>: {sprintf(__('set by the constant %s in wp-config.php', 'dongbo'), fixed[name])}
    </p>
  ) : (
    <div className={`dongbo-field${wrong === name ? ' has-trouble' : ''}`} data-field={name}>
      <TextControl __next40pxDefaultSize __nextHasNoMarginBottom label={label} help={help} value={values[name]} aria-invalid={wrong === name} {...(wrong === name ? { 'aria-describedby': `dongbo-wrong-${name}` } : {})}
        onChange={(value) => setValues({ ...values, [name]: value })} autoComplete="off" spellCheck={false} {...rest} />
      {wrong === name && <div className="dongbo-field__trouble" id={`dongbo-wrong-${name}`} role="alert"><Said said={tested.cause} /></div>}
    </div>
  ));
  return (
    <div className="dongbo-connect">
      <form ref={form} onSubmit={(event) => { event.preventDefault(); send('connect'); }}>
        {field('address', __('Shop address', 'dongbo'), __('The address you open KiotViet with, such as myshop.kiotviet.vn.', 'dongbo'), { inputMode: 'url', autoCapitalize: 'none' })}
        {field('client_id', __('Client ID', 'dongbo'), '')}
        {field('secret', __('Secret (Mã bảo mật)', 'dongbo'), connection?.has_secret ? __('Stored; leave it empty to keep it.', 'dongbo') : __('Stored encrypted, never shown again.', 'dongbo'), { type: 'password', autoComplete: 'new-password' })}
        {tested && !tested.connected && !FIELDS.includes(tested.field) && <div className="notice notice-error inline" role="alert"><Said said={tested.cause} /></div>}
        {tested?.connected && tested.route === 'test' && (
          <div className="notice notice-success inline" role="status">
            {/* translators: 1: the shop, 2: its branches. */}
            <p>{sprintf(__('It works: shop %1$s, branches: %2$s.', 'dongbo'), tested.shop, tested.branches.map(({ name }) => name).join(', '))}</p>
          </div>
        )}
        <Trouble error={error} />
        <div className="dongbo-actions">
          <Button variant="primary" type="submit" isBusy={busy === 'connect'} disabled={busy !== ''}>{__('Connect', 'dongbo')}</Button>
          <Button variant="secondary" isBusy={busy === 'test'} disabled={busy !== ''} onClick={() => send('test')}>{__('Test', 'dongbo')}</Button>
        </div>
      </form>
      <WhereInKiotViet />
    </div>
  );
}
