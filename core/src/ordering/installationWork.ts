import type { ProductOrder } from './productOrder.ts';

/** ONT and router for every line, one box per TV, one adapter for phone (S1-085), by the equipment types of the back office. @example equipmentOf(order)[0].type // 'ONT' */
export function equipmentOf(order: ProductOrder): readonly { readonly step: string; readonly type: string; readonly subscription: string }[] {
  const of = (type: 'internet' | 'tv' | 'phone'): string => `sub:${(order.services.find((one) => one.type === type) ?? order.services[0]!).sku}`;
  return [
    { step: 'eq:ont', type: 'ONT', subscription: of('internet') },
    { step: 'eq:deco', type: 'Routeur', subscription: of('internet') },
    ...Array.from({ length: order.stb }, (_, n) => ({ step: n === 0 ? 'eq:stb' : `eq:stb:${n + 1}`, type: 'Décodeur TV', subscription: of('tv') })),
    ...(order.hasPhone ? [{ step: 'eq:ata', type: 'Téléphone IP', subscription: of('phone') }] : []),
  ];
}

/** The tasks of an installation in the order they are done (S1-087…094). @example tasksOf(order, '0/1/5')[0].team // 'support' */
export function tasksOf(order: ProductOrder, port: string): readonly { readonly step: string; readonly subject: string; readonly team: 'support' | 'dispatch' | 'tech' }[] {
  return [
    { step: 'prepare_equipment', subject: 'Préparer équipement', team: 'support' },
    { step: 'assign_technician', subject: 'Assigner technicien', team: 'dispatch' },
    { step: 'olt_activate', subject: `Activer port OLT - ${port}`, team: 'support' },
    { step: 'wifi_config', subject: 'Configurer WiFi dans DB provisioning', team: 'support' },
    ...(order.hasPhone ? [{ step: 'voip_config', subject: 'Configurer VoIP dans DB provisioning', team: 'support' as const }] : []),
    { step: 'install_on_site', subject: 'Installation sur site', team: 'tech' },
    { step: 'verify_ont_signal', subject: 'Vérifier signal ONT', team: 'tech' },
    { step: 'confirm_service', subject: 'Confirmer service fonctionnel', team: 'tech' },
  ];
}
