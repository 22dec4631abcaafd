import { Button, RadioControl } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

/** Which POS (A10). What does not work yet is said, not hidden. */
export function PosStep({ next }) {
  return (
    <>
      <RadioControl label={__('Which point of sale does the shop use?', 'dongbo')} selected="kiotviet" onChange={() => {}}
        options={[{ label: 'KiotViet', value: 'kiotviet' }]} />
      <p className="description">{__('KiotViet for retail. KiotViet F&B speaks another language and does not work; Sapo comes with a later version.', 'dongbo')}</p>
      <div className="dongbo-actions"><Button variant="primary" onClick={next}>{__('Continue', 'dongbo')}</Button></div>
    </>
  );
}
