/**
 * A page that asks for an address and says whether fibre can be had, in French or English: to look at, or to put into a site in a frame.
 * One file, no library. It speaks to the public routes beside it and tells the page around it (`postMessage`, `leadlight:qualified`).
 */
export const searchPage = (language: 'fr' | 'en'): string => {
  const t = language === 'fr'
    ? { title: 'Vérifier la disponibilité de la fibre', label: 'Votre adresse', hint: 'Numéro, rue et municipalité', none: 'Aucune adresse ne ressemble à celle-ci.', wait: 'Recherche…', slow: 'Trop de questions; réessayez dans un instant.', down: 'Le service ne répond pas. Réessayez dans un instant.', speed: 'Jusqu’à {n} Mb/s', other: 'English', again: 'Chercher une autre adresse' }
    : { title: 'Check fibre availability', label: 'Your address', hint: 'Number, street and municipality', none: 'No address looks like this one.', wait: 'Searching…', slow: 'Too many questions; try again in a moment.', down: 'The service does not answer. Try again in a moment.', speed: 'Up to {n} Mb/s', other: 'Français', again: 'Search another address' };
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${t.title}</title>
<style>
:root{color-scheme:light;--ink:#1b2430;--soft:#5b6675;--line:#cfd7e2;--brand:#0b5fff;--good:#0a7a3d;--wait:#9a6200}
*{box-sizing:border-box}body{margin:0;font:16px/1.45 system-ui,sans-serif;color:var(--ink);background:#fff}
main{max-width:34rem;margin:0 auto;padding:1.25rem}h1{font-size:1.25rem;margin:0 0 .9rem}
label{display:block;font-weight:600;margin-bottom:.3rem}.box{position:relative}
input{width:100%;font:inherit;padding:.7rem .85rem;border:1.5px solid var(--line);border-radius:.6rem}input:focus{outline:3px solid #0b5fff33;border-color:var(--brand)}
.hint{color:var(--soft);font-size:.875rem;margin:.35rem 0 0;min-height:1.3em}
ul{list-style:none;margin:.3rem 0 0;padding:.3rem;border:1.5px solid var(--line);border-radius:.6rem;background:#fff;position:absolute;left:0;right:0;z-index:2;box-shadow:0 8px 24px #1b243022}
li{padding:.55rem .6rem;border-radius:.4rem;cursor:pointer}li[aria-selected=true],li:hover{background:#eaf1ff}
.answer{margin-top:1rem;padding:1rem;border-radius:.7rem;border-left:5px solid var(--soft);background:#f4f6f9}.answer.available{border-color:var(--good);background:#eaf7ef}.answer.availableNeedsBox,.answer.planned{border-color:var(--wait);background:#fdf5e6}
.answer p{margin:.2rem 0}.answer strong{display:block;font-size:1.05rem}.place{color:var(--soft);font-size:.9rem}
button,footer a{font:inherit;background:none;border:0;color:var(--brand);padding:.3rem 0;cursor:pointer;text-decoration:underline}footer{margin-top:1rem;font-size:.85rem}
[hidden]{display:none}
</style></head><body><main>
<h1>${t.title}</h1>
<div class="box"><label for="address">${t.label}</label>
<input id="address" type="text" role="combobox" aria-expanded="false" aria-controls="places" aria-autocomplete="list" autocomplete="off" spellcheck="false" maxlength="160" placeholder="12 rue Principale, Saint-Anicet">
<ul id="places" role="listbox" aria-label="${t.label}" hidden></ul></div>
<p class="hint" id="hint" role="status">${t.hint}</p>
<section class="answer" id="answer" aria-live="polite" hidden></section>
<footer><a href="?lang=${language === 'fr' ? 'en' : 'fr'}" hreflang="${language === 'fr' ? 'en' : 'fr'}">${t.other}</a></footer>
</main><script>
(() => {
  const T = ${JSON.stringify(t)}, LANG = ${JSON.stringify(language)};
  const input = document.getElementById('address'), list = document.getElementById('places'), hint = document.getElementById('hint'), answer = document.getElementById('answer');
  let found = [], at = -1, turn = 0, timer = 0;
  const say = (text) => { hint.textContent = text; };
  const close = () => { list.hidden = true; input.setAttribute('aria-expanded', 'false'); input.removeAttribute('aria-activedescendant'); at = -1; };
  const ask = async (path, options) => {
    const reply = await fetch(path, options);
    if (reply.status === 429) throw new Error(T.slow);
    if (!reply.ok) throw new Error(T.down);
    return reply.json();
  };
  const mark = (next) => {
    at = next;
    [...list.children].forEach((one, i) => one.setAttribute('aria-selected', String(i === at)));
    if (at >= 0) { input.setAttribute('aria-activedescendant', list.children[at].id); list.children[at].scrollIntoView({ block: 'nearest' }); }
  };
  const show = (places) => {
    found = places;
    list.replaceChildren(...places.map((place, i) => { const li = document.createElement('li'); li.id = 'place-' + i; li.setAttribute('role', 'option'); li.textContent = place.label; li.addEventListener('mousedown', (event) => { event.preventDefault(); pick(i); }); return li; }));
    list.hidden = places.length === 0;
    input.setAttribute('aria-expanded', String(places.length > 0));
    mark(-1);
  };
  const tell = (label, q) => {
    answer.className = 'answer ' + q.availability;
    const line = (tag, text, name) => { const one = document.createElement(tag); one.textContent = text; if (name) one.className = name; return one; };
    answer.replaceChildren(line('strong', q.message[LANG]), line('p', label, 'place'), ...(q.maxDownMbps && q.availability === 'available' ? [line('p', T.speed.replace('{n}', q.maxDownMbps.toLocaleString(LANG + '-CA')))] : []));
    answer.hidden = false;
    parent.postMessage({ type: 'leadlight:qualified', qualification: q }, '*');
  };
  const pick = async (i) => {
    const place = found[i];
    close();
    input.value = place.label;
    say(T.wait);
    try { tell(place.label, await ask('/v1/availability/qualify', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ premisesId: place.premisesId }) })); say(T.hint); } catch (error) { say(error.message); }
  };
  const search = async () => {
    const mine = ++turn, typed = input.value.trim();
    answer.hidden = true;
    if (typed.length < 4) { show([]); say(T.hint); return; }
    try {
      const { candidates } = await ask('/v1/availability/search?limit=6&q=' + encodeURIComponent(typed));
      if (mine !== turn) return;
      show(candidates);
      say(candidates.length > 0 ? T.hint : T.none);
    } catch (error) { if (mine === turn) say(error.message); }
  };
  input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(search, 120); });
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' && !list.hidden) { event.preventDefault(); mark((at + 1) % found.length); }
    else if (event.key === 'ArrowUp' && !list.hidden) { event.preventDefault(); mark((at + found.length - 1) % found.length); }
    else if (event.key === 'Enter' && !list.hidden && found.length > 0) { event.preventDefault(); pick(Math.max(0, at)); }
    else if (event.key === 'Escape') close();
  });
})();
</script></body></html>
`;
};
