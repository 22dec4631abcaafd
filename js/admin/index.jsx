import { createRoot } from '@wordpress/element';
import { App } from './app.jsx';
import './style/admin.css';

createRoot(document.getElementById('dongbo-root')).render(<App />);
