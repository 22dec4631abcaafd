// The stored settings, the draft over them, and saving.
import { useReducer, useRef } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { useAction } from '../parts/notices.jsx';
import { get, put } from '../rest.mjs';
import { useResource } from '../use-resource.mjs';
import { at, nested, reduce } from './draft.mjs';

export function useSettings() {
  const resource = useResource(() => get('/settings'), []);
  const [draft, dispatch] = useReducer(reduce, {});
  const { act, busy } = useAction();
  // What was asked back with its numbers (another match key) is carried out when it is saved once more.
  const asked = useRef(false);
  const settings = resource.data;
  const value = (name) => (name in draft ? draft[name] : at(settings.values, name));
  return {
    ...resource,
    settings,
    draft,
    busy,
    value,
    /** Everything a {@link Field} wants to know of one setting. */
    bind: (field) => ({
      field,
      value: value(field.name),
      fallback: at(settings.defaults, field.name),
      // A table's columns have lists of their own.
      choices: field.kind === 'rows' ? settings.choices : settings.choices[field.list] ?? [],
      trouble: settings.troubles.find((one) => one.field === field.name)?.said,
      onChange: (next) => dispatch({ type: 'change', name: field.name, value: next, stored: at(settings.values, field.name) }),
    }),
    change: (name, next) => dispatch({ type: 'change', name, value: next, stored: at(settings.values, name) }),
    reset: () => dispatch({ type: 'reset' }),
    /** Saves the draft; gives whether it went well. */
    save: async (said = __('Saved. The next run follows it.', 'dongbo')) => {
      if (Object.keys(draft).length === 0) return true;
      const stored = await act('save', () => put('/settings', { values: nested(draft), revision: settings.revision, confirm: asked.current })
        .catch((error) => { asked.current = error.code === 'match-key-live'; throw error; }), said);
      if (stored === undefined) return false;
      asked.current = false;
      resource.set(stored);
      dispatch({ type: 'reset' });
      return true;
    },
  };
}
