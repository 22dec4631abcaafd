import { RadioControl } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { Button } from '../parts/button.jsx';

/** Which POS (A10). What does not work yet is said, not hidden. */
export function PosStep({ next }) {
  return (
    <>
      <RadioControl label={__('Which point of sale does the shop use?', 'dongbo')} selected="kiotviet" onChange={() => {}}
        options={[{ label: 'KiotViet', value: 'kiotviet' }]} />
      <p className="description">{__('KiotViet for retail. KiotViet F&B (restaurants, cafés) works differently and cannot be connected yet; Sapo comes with a later version.', 'dongbo')}</p>
      <div className="dongbo-actions"><Button variant="primary" onClick={next}>{__('Continue', 'dongbo')}</Button></div>
    </>
  );
}
