import { startStack } from './stack.ts'; import { leadToLight } from './drive.ts';
const stack = await startStack({ root: '/work/main', dir: '/tmp/llhome', portOffset: 2000, say: console.log });
const run = Date.now() % 100000;
try { const lit = await leadToLight({ stack, say: console.log, run }); for (const p of lit.proofs) console.log(p.system, '|', p.what, '|', p.readBack.slice(0,160)); } catch (e) { console.log('ERR', (e as Error).message.slice(0, 600)); }
await new Promise(r=>setTimeout(r,4000));
const list = await stack.n8n.executions({ limit: '6' });
const { parse } = await import('/work/main/runtime/node_modules/n8n/node_modules/flatted/esm/index.js').catch(() => ({ parse: null as any }));
for (const e of list) {
  const full = await stack.n8n.execution(e.id);
  let txt = ''; 
  try { const arr = JSON.parse(full.data); const un = (v: any, seen = new Map()): any => { if (typeof v === 'string' && /^\d+$/.test(v)) { const k = v; if (seen.has(k)) return seen.get(k); const t = arr[Number(k)]; if (typeof t !== 'object' || t === null) return t; const o: any = Array.isArray(t) ? [] : {}; seen.set(k, o); for (const [a, b] of Object.entries(t)) o[a] = un(b, seen); return o; } return v; };
    const d: any = un('0'); const rd = d.resultData?.runData ?? {};
    txt = Object.entries(rd).map(([n, runs]: any) => runs.map((r: any) => { const isIf = /^(Is|Was|Does|May|Which|Can)/.test(n); const errOut = isIf ? '' : r.data?.main?.[1]?.length ? ' ERR-OUT ' + JSON.stringify(r.data.main[1][0].json).slice(0, 400) : ''; return (r.error || errOut) ? `   ${n}: ${r.error?.message ?? ''} ${r.error?.description ?? ''}${errOut}` : ''; }).join('')).filter(Boolean).join('\n') + (process.env.DUMP ? '\n' + process.env.DUMP.split(',').filter((k) => rd[k]).map((k) => k + ': ' + JSON.stringify(rd[k][0].data?.main?.map((b: any) => b?.map((i: any) => i.json))).slice(0, 700)).join('\n') : '') + (process.env.TRACE ? '\n   ' + Object.keys(rd).join(' > ') : '');
  } catch (x) { txt = String(x); }
  console.log(e.id, (e as any).workflowName, e.status, txt ? '\n' + txt : '');
}
await stack.stop(); process.exit(0);
