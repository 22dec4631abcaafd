import { createContext, useCallback, useContext, useState } from '@wordpress/element';
import { Notice } from '@wordpress/components';
import { troubleText } from '../trouble.mjs';

const Context = createContext(() => {});

/** What came of an action, above the screen; `Notice` says it aloud too. */
export function Notices({ children }) {
  const [notices, setNotices] = useState([]);
  const tell = useCallback((notice) => setNotices((all) => [...all.slice(-2), { id: `${Date.now()}-${all.length}`, ...notice }]), []);
  return (
    <Context.Provider value={tell}>
      <div className="dongbo-notices">
        {notices.map(({ id, status, text }) => (
          <Notice key={id} status={status} onRemove={() => setNotices((all) => all.filter((one) => one.id !== id))}>{text}</Notice>
        ))}
      </div>
      {children}
    </Context.Provider>
  );
}

/** Runs something that writes; says how it went. */
export function useAction() {
  const tell = useContext(Context);
  const [busy, setBusy] = useState('');
  /** `name` tells one button's work from another's; `done` gives the sentence for success. */
  const act = async (name, work, done) => {
    setBusy(name);
    try {
      const answer = await work();
      const text = typeof done === 'function' ? done(answer) : done;
      if (text) tell({ status: 'success', text });
      return answer;
    } catch (error) {
      tell({ status: 'error', text: troubleText(error) });
      return undefined;
    } finally {
      setBusy('');
    }
  };
  return { act, busy };
}
