import { __ } from '@wordpress/i18n';

/**
 * Where Client ID and secret are found, drawn after KiotViet's own screens (A2). The names are
 * KiotViet's and stay Vietnamese in every language.
 */
export function WhereInKiotViet() {
  const steps = [
    ['Thiết lập cửa hàng', __('Open KiotViet in a browser and log in as administrator. The gear at the top right → “Thiết lập cửa hàng” (store settings).', 'dongbo')],
    ['Thiết lập kết nối API', __('At the left “Thiết lập kết nối API” (API connection).', 'dongbo')],
    ['Tạo mã', __('Press “Tạo mã” (create code) and allow access to customers, invoices and orders.', 'dongbo')],
    ['Lưu', __('Press “Lưu” (save), then copy Client ID and “Mã bảo mật” (secret) to here.', 'dongbo')],
  ];
  return (
    <aside className="dongbo-where" aria-labelledby="dongbo-where">
      <h3 id="dongbo-where">{__('Where to find these in KiotViet', 'dongbo')}</h3>
      <ol>
        {steps.map(([name, words], index) => (
          <li key={name}>
            <Sketch at={index} />
            <span>{words}</span>
          </li>
        ))}
      </ol>
    </aside>
  );
}

/** The screen in outline, with the place to press marked. */
function Sketch({ at }) {
  const marks = [[132, 6, 22, 12, '⚙'], [6, 44, 52, 12, 'API'], [64, 44, 40, 14, 'Tạo mã'], [110, 72, 40, 14, 'Lưu']];
  const [x, y, width, height, text] = marks[at];
  return (
    <svg viewBox="0 0 160 96" aria-hidden="true" focusable="false" lang="vi">
      <rect width="160" height="96" rx="4" className="frame" />
      <rect width="160" height="22" rx="4" className="head" />
      <rect x="6" y="30" width="52" height="6" className="text" />
      <rect x="6" y="62" width="46" height="6" className="text" />
      {at > 0 && <rect x="64" y="30" width="88" height="6" className="text" />}
      {at > 1 && <rect x="64" y="64" width="60" height="6" className="text" />}
      <rect x={x} y={y} width={width} height={height} rx="3" className="mark" />
      <text x={x + width / 2} y={y + height / 2 + 3} textAnchor="middle">{text}</text>
    </svg>
  );
}
