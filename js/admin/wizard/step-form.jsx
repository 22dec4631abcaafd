import { __ } from '@wordpress/i18n';
import { Button } from '../parts/button.jsx';
import { Trouble } from '../parts/trouble.jsx';
import { Waiting } from '../parts/waiting.jsx';
import { Field } from '../settings/field.jsx';
import { useSettings } from '../settings/use-settings.mjs';

/** A step that is some of the settings: saved when it is left. `ready` says what is still to choose. */
export function StepForm({ names, next, above, ready = () => null, intro }) {
  const form = useSettings();
  if (form.settings === undefined) return form.error ? <Trouble error={form.error} retry={form.reload} /> : <Waiting />;
  const fields = names.map((name) => form.settings.fields.find((field) => field.name === name)).filter(Boolean);
  const missing = ready(form);
  const submit = async (event) => {
    event.preventDefault();
    if (await form.save('')) next();
  };
  return (
    <form onSubmit={submit}>
      {intro && <p>{intro}</p>}
      {above?.(form)}
      {fields.map((field) => <Field key={field.name} {...form.bind(field)} showDefault={false} />)}
      {missing && <p className="description" role="status">{missing}</p>}
      <div className="dongbo-actions">
        <Button variant="primary" type="submit" isBusy={form.busy !== ''} disabled={missing !== null || form.busy !== ''}>{__('Continue', 'dongbo')}</Button>
      </div>
    </form>
  );
}
