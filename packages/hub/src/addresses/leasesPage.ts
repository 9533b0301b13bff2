/**
 * A page for staff: who holds which port until when, what ran out, and a port taken back where an order will not come. One file, no library,
 * no data of its own: it asks for an API key, keeps it until it is closed, and shows what that key may see.
 */
export const leasesPage = (language: 'fr' | 'en'): string => {
  const t = language === 'fr'
    ? { title: 'Ports retenus', key: 'Clé d’API', open: 'Ouvrir', state: 'État', olt: 'OLT', all: 'Tous', held: 'Retenu', reserved: 'Réservé', expired: 'Échu', drop: 'Desserte', order: 'Commande', address: 'Adresse', port: 'OLT et port', until: 'Jusqu’à', refresh: 'Actualiser', release: 'Libérer', sure: 'Vraiment libérer?', sureReserved: 'Vendu: vraiment libérer?', released: 'La desserte {n} est libérée.', none: 'Aucun port n’est retenu ici.', count: '{n} affichés', more: 'Il y en a d’autres: précisez le filtre.', down: 'Le service ne répond pas. Réessayez dans un instant.', wrong: 'Cette clé n’ouvre rien.', other: 'English' }
    : { title: 'Leased ports', key: 'API key', open: 'Open', state: 'State', olt: 'OLT', all: 'All', held: 'Held', reserved: 'Reserved', expired: 'Expired', drop: 'Drop', order: 'Order', address: 'Address', port: 'OLT and port', until: 'Until', refresh: 'Refresh', release: 'Release', sure: 'Really release?', sureReserved: 'Sold: really release?', released: 'Drop {n} is released.', none: 'No port is leased here.', count: '{n} shown', more: 'There are more: narrow the filter.', down: 'The service does not answer. Try again in a moment.', wrong: 'This key opens nothing.', other: 'Français' };
  const other = language === 'fr' ? 'en' : 'fr';
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${t.title}</title>
<style>
:root{color-scheme:light;--ink:#1b2430;--soft:#5b6675;--line:#d8dfe8;--brand:#0b5fff;--held:#9a6200;--reserved:#0a5f7a;--expired:#7a1f2b}
*{box-sizing:border-box}body{margin:0;font:15px/1.45 system-ui,sans-serif;color:var(--ink);background:#f6f8fb}
main{max-width:72rem;margin:0 auto;padding:1.25rem}h1{font-size:1.35rem;margin:0 0 1rem}
form,.bar{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end;background:#fff;border:1px solid var(--line);border-radius:.7rem;padding:.9rem 1rem;margin-bottom:1rem}
label{display:block;font-size:.8rem;font-weight:600;color:var(--soft)}input,select{display:block;font:inherit;padding:.45rem .6rem;border:1.5px solid var(--line);border-radius:.45rem;background:#fff;min-width:11rem}
button{font:inherit;padding:.45rem .8rem;border:1.5px solid var(--line);border-radius:.45rem;background:#fff;color:var(--brand);cursor:pointer}button.sure{background:#7a1f2b;border-color:#7a1f2b;color:#fff}button:focus-visible,input:focus,select:focus{outline:3px solid #0b5fff44}
.said{color:var(--soft);margin-left:auto;align-self:center}.said.bad{color:var(--expired)}
.wide{overflow-x:auto;background:#fff;border:1px solid var(--line);border-radius:.7rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.55rem .8rem;border-bottom:1px solid var(--line);vertical-align:middle}th{font-size:.8rem;color:var(--soft);white-space:nowrap}tr:last-child td{border-bottom:0}td.n{font-variant-numeric:tabular-nums;white-space:nowrap}
.tag{font-weight:600;padding:.1rem .5rem;border-radius:1rem;border:1.5px solid currentColor;white-space:nowrap}.held{color:var(--held)}.reserved{color:var(--reserved)}.expired{color:var(--expired)}
code{font-size:.9em}small{color:var(--soft)}footer{margin-top:1rem;font-size:.85rem}[hidden]{display:none!important}
</style></head><body><main>
<h1>${t.title}</h1>
<form id="door"><div><label for="key">${t.key}</label><input id="key" type="password" autocomplete="off" spellcheck="false" required></div><button>${t.open}</button><span class="said" role="status"></span></form>
<section id="room" hidden>
<div class="bar"><div><label for="state">${t.state}</label><select id="state"><option value="">${t.all}</option><option value="held">${t.held}</option><option value="reserved">${t.reserved}</option><option value="expired">${t.expired}</option></select></div>
<div><label for="olt">${t.olt}</label><select id="olt"><option value="">${t.all}</option></select></div><button id="refresh" type="button">${t.refresh}</button><span class="said" role="status"></span></div>
<div class="wide"><table><thead><tr><th>${t.drop}</th><th>${t.state}</th><th>${t.order}</th><th>${t.until}</th><th>${t.address}</th><th>${t.port}</th><th></th></tr></thead><tbody id="rows"></tbody></table></div>
</section>
<footer><a href="?lang=${other}" hreflang="${other}">${t.other}</a></footer>
</main><script>
(() => {
  const T = ${JSON.stringify(t)}, LANG = ${JSON.stringify(language)}, MOST = 1000;
  const $ = (id) => document.getElementById(id);
  let key = '';
  const say = (text, bad) => document.querySelectorAll('.said').forEach((one) => { one.textContent = text; one.classList.toggle('bad', Boolean(bad)); });
  const ask = async (path, options = {}) => {
    const reply = await fetch(path, { ...options, headers: { authorization: 'Bearer ' + key, ...(options.body ? { 'content-type': 'application/json' } : {}) } }).catch(() => null);
    if (!reply) throw new Error(T.down);
    const body = await reply.json().catch(() => ({}));
    if (reply.status === 401) throw new Error(T.wrong);
    if (!reply.ok || body.type === 'refused') throw new Error([body.message || T.down, body.hint].filter(Boolean).join(' '));
    return body;
  };
  const cell = (row, name, ...content) => { const td = document.createElement('td'); if (name) td.className = name; td.append(...content); row.append(td); return td; };
  const element = (tag, text, name) => { const one = document.createElement(tag); one.textContent = text; if (name) one.className = name; return one; };
  const when = new Intl.DateTimeFormat(LANG + '-CA', { dateStyle: 'medium', timeStyle: 'short' });
  const line = (lease) => {
    const row = document.createElement('tr');
    cell(row, 'n', String(lease.fibreId));
    cell(row, '', element('span', T[lease.state], 'tag ' + lease.state));
    cell(row, '', element('code', lease.orderId));
    cell(row, 'n', when.format(new Date(lease.until)));
    cell(row, '', lease.street + ', ' + lease.city);
    cell(row, 'n', lease.oltName + ' ', element('small', lease.oltIp + ' ' + [lease.frame, lease.slot, lease.port].join('/')));
    const last = cell(row, '');
    if (lease.state === 'expired') return row;
    const button = element('button', T.release);
    button.type = 'button';
    button.addEventListener('click', async () => {
      if (!button.classList.contains('sure')) { button.classList.add('sure'); button.textContent = lease.state === 'reserved' ? T.sureReserved : T.sure; return; }
      button.disabled = true;
      try {
        await ask('/v1/drops/' + lease.fibreId + '/take-back', { method: 'POST', body: JSON.stringify({ orderId: lease.orderId }) });
        await show();
        say(T.released.replace('{n}', lease.fibreId));
      } catch (error) { await show().catch(() => undefined); say(error.message, true); }
    });
    button.addEventListener('blur', () => { button.classList.remove('sure'); button.textContent = T.release; });
    last.append(button);
    return row;
  };
  const show = async () => {
    const query = new URLSearchParams({ limit: String(MOST) });
    if ($('state').value) query.set('state', $('state').value);
    if ($('olt').value) query.set('oltIp', $('olt').value);
    const { leases, next } = await ask('/v1/drops/leases?' + query);
    for (const { oltIp, oltName } of leases) if (![...$('olt').options].some((one) => one.value === oltIp)) { const one = element('option', oltName + ' ' + oltIp); one.value = oltIp; $('olt').append(one); }
    $('rows').replaceChildren(...leases.map(line));
    if (leases.length === 0) { const row = document.createElement('tr'); cell(row, '', T.none).colSpan = 7; $('rows').append(row); }
    say(next === null ? T.count.replace('{n}', leases.length) : T.more);
  };
  const again = () => show().catch((error) => say(error.message, true));
  $('door').addEventListener('submit', async (event) => {
    event.preventDefault();
    key = $('key').value.trim();
    try { await show(); $('key').value = ''; $('door').hidden = true; $('room').hidden = false; } catch (error) { key = ''; say(error.message, true); }
  });
  for (const id of ['state', 'olt']) $(id).addEventListener('change', again);
  $('refresh').addEventListener('click', again);
})();
</script></body></html>
`;
};
