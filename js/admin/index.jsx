import { createRoot } from '@wordpress/element';
import { App } from './app.jsx';
import { keepFocus } from './kept-focus.mjs';
import './style/admin.css';

keepFocus();
createRoot(document.getElementById('dongbo-root')).render(<App />);
