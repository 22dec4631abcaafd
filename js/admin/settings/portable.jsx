import { FormFileUpload } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { Button } from '../parts/button.jsx';
import { Confirm } from '../parts/confirm.jsx';
import { useAction } from '../parts/notices.jsx';
import { download, post } from '../rest.mjs';

/** Settings as a file, without secrets (H7). */
export function Portable({ done }) {
  const { act, busy } = useAction();
  const [file, setFile] = useState(null);
  const read = (picked) => act('read', async () => {
    if (!picked) return;
    try {
      setFile({ name: picked.name, content: JSON.parse(await picked.text()) });
    } catch {
      throw new Error(__('This file holds no settings of Dongbo.', 'dongbo'));
    }
  });
  const bring = () => act('import', () => post('/settings/import', { file: file.content }), __('The settings were imported. The next run follows them.', 'dongbo'))
    .then((stored) => { setFile(null); if (stored) done(); });
  return (
    <>
      <p>{__('The file holds every changed setting, but neither Client ID nor secret.', 'dongbo')}</p>
      <div className="dongbo-actions">
        <Button __next40pxDefaultSize variant="secondary" isBusy={busy === 'export'} onClick={() => act('export', () => download('/settings/export', {}, 'dongbo-settings.json'))}>{__('Export', 'dongbo')}</Button>
        <FormFileUpload __next40pxDefaultSize accept="application/json,.json" variant="secondary" onChange={({ currentTarget }) => read(currentTarget.files[0])}>
          {__('Import…', 'dongbo')}
        </FormFileUpload>
      </div>
      <h3>{__('Support bundle', 'dongbo')}</h3>
      <p>{__('For whoever helps you: versions, checks, settings, runs. It holds no secret, no customer and no name of a good.', 'dongbo')}</p>
      <Button __next40pxDefaultSize variant="secondary" isBusy={busy === 'support'} onClick={() => act('support', () => download('/support', {}, 'dongbo-support.json'))}>{__('Download the bundle', 'dongbo')}</Button>
      {file && (
        <Confirm title={__('Import these settings?', 'dongbo')} action={__('Import', 'dongbo')} busy={busy === 'import'} onYes={bring} onNo={() => setFile(null)}>
          <p><code>{file.name}</code></p>
          <p>{__('They take the place of the settings here.', 'dongbo')}</p>
        </Confirm>
      )}
    </>
  );
}
