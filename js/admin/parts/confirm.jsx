import { Modal } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { Button } from './button.jsx';

/** Asks before something that cannot be taken back with one click. */
export function Confirm({ title, children, action, destructive = false, busy = false, onYes, onNo }) {
  return (
    <Modal title={title} onRequestClose={onNo} className="dongbo-modal">
      {children}
      <div className="dongbo-actions">
        <Button variant="primary" isDestructive={destructive} isBusy={busy} disabled={busy} onClick={onYes}>{action}</Button>
        <Button variant="tertiary" onClick={onNo}>{__('Cancel', 'dongbo')}</Button>
      </div>
    </Modal>
  );
}
