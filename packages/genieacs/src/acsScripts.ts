// What Leadlight asks GenieACS to run by itself. The scripts hold no secrets (anyone who reaches the NBI can read them): they call the
// extension in ../acs/ext/leadlight.js, which holds the hub's address and token on the ACS host. Plain 1.2 dialect, no arguments.
import type { Preset } from './checkPreset.ts';

const identity = `const read = (path) => { const it = declare(path, { value: 1 }); return it.value ? it.value[0] : ""; };
const who = { deviceId: read("DeviceID.ID"), serial: read("DeviceID.SerialNumber"), oui: read("DeviceID.OUI"), productClass: read("DeviceID.ProductClass") };
`;

const notify = (event: string, marker: string): string => `${identity}
const first = (paths) => { for (const path of paths) { const value = read(path); if (value) return value; } return ""; };
who.at = new Date(read("Events.${marker}") || Date.now()).toISOString();
const firmware = first(["InternetGatewayDevice.DeviceInfo.SoftwareVersion", "Device.DeviceInfo.SoftwareVersion"]);
const ip = first(["InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANIPConnection.1.ExternalIPAddress", "Device.IP.Interface.1.IPv4Address.1.IPAddress"]);
if (firmware) who.firmware = String(firmware);
if (ip) who.ip = String(ip);
ext("leadlight", "notify", "${event}", JSON.stringify(who));
`;

/**
 * Fetches what the hub wants on this device and writes it: main Wi-Fi names and passphrases of both bands, the first phone line, the
 * service VLAN. Bands are found by what the device says (TR-181 LowerLayers, TR-098 PossibleChannels), and only the lowest network of
 * each band is touched, so guest and backhaul networks stay as they are. The VLAN goes on the connection that does not carry TR-069: on
 * the other it could cut the device off. S1-115, S1-116, S1-132, S1-135.
 */
const settings = `${identity}
const answer = ext("leadlight", "settings", who.serial);
if (!answer) throw new Error("the hub gave no settings");
const now = Date.now();
const get = (path) => { const it = declare(path, { value: now }); return it.size && it.value ? it.value[0] : undefined; };
const exists = (path) => declare(path, { path: now }).size > 0;
const set = (path, value) => { if (value !== undefined && value !== null && exists(path)) declare(path, null, { value: value }); };
const numbers = (pattern) => { const found = []; for (const it of declare(pattern, { path: now })) found.push(Number(it.path.split(".").pop())); return found.sort((a, b) => a - b); };

if (answer.wifi) {
  const seen = {};
  for (const i of numbers("InternetGatewayDevice.LANDevice.1.WLANConfiguration.*")) {
    const at = "InternetGatewayDevice.LANDevice.1.WLANConfiguration." + i;
    const band = parseInt(String(get(at + ".PossibleChannels") || "1"), 10) > 14 ? "5" : "2.4";
    if (seen[band]) continue;
    seen[band] = true;
    set(at + ".SSID", answer.wifi.ssid);
    set(at + (exists(at + ".PreSharedKey.1.KeyPassphrase") ? ".PreSharedKey.1.KeyPassphrase" : ".KeyPassphrase"), answer.wifi.password);
    set(at + ".Enable", true);
  }
  const wanted = {};
  for (const i of numbers("Device.WiFi.SSID.*")) {
    const radio = String(get("Device.WiFi.SSID." + i + ".LowerLayers") || "").replace(/\\.$/, "");
    const band = radio && get(radio + ".OperatingFrequencyBand");
    if (!band || seen[band]) continue;
    seen[band] = true;
    wanted["Device.WiFi.SSID." + i] = true;
    set("Device.WiFi.SSID." + i + ".SSID", answer.wifi.ssid);
    set("Device.WiFi.SSID." + i + ".Enable", true);
  }
  for (const i of numbers("Device.WiFi.AccessPoint.*")) {
    const at = "Device.WiFi.AccessPoint." + i;
    if (wanted[String(get(at + ".SSIDReference") || "").replace(/\\.$/, "")]) set(at + ".Security.KeyPassphrase", answer.wifi.password);
  }
}
if (answer.voip) {
  const profile = "InternetGatewayDevice.Services.VoiceService.1.VoiceProfile.1";
  set(profile + ".SIP.RegistrarServer", answer.voip.registrar);
  set(profile + ".SIP.UserAgentDomain", answer.voip.domain);
  set(profile + ".Line.1.SIP.AuthUserName", answer.voip.username);
  set(profile + ".Line.1.SIP.AuthPassword", answer.voip.password);
  set(profile + ".Line.1.SIP.URI", "sip:" + answer.voip.username + "@" + answer.voip.domain);
  set(profile + ".Line.1.Enable", "Enabled");
  const account = "Device.X_TP_Services.X_TP_VoiceService.1.VoiceProfile.1.MultiIsp.1";
  set(account + ".MultiRegistrarServer", answer.voip.registrar);
  set(account + ".MultiDomain", answer.voip.domain);
  set(account + ".MultiAuthUserName", answer.voip.username);
  set(account + ".MultiAuthPassword", answer.voip.password);
  set(account + ".MultiAccountEnable", 1);
}
if (answer.vlan) {
  const wan = "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.";
  const services = (i) => String(get(wan + i + ".WANIPConnection.1.X_CT-COM_ServiceList") || "").toUpperCase();
  const internet = numbers(wan + "*").filter((i) => services(i).indexOf("INTERNET") >= 0 && services(i).indexOf("TR069") < 0)[0];
  if (!internet) throw new Error("no Internet connection apart from the one that carries TR-069, so the VLAN was not set");
  set(wan + internet + ".X_CT-COM_WANGponLinkConfig.VLANIDMark", answer.vlan);
}
`;

/** The provision that brings a device's settings from the hub; run it with `tasks.runProvisions(id, [deviceSettings])`. */
export const deviceSettings = 'leadlight-device-settings';

export const provisionScripts: Readonly<Record<string, string>> = {
  'leadlight-bootstrap': notify('bootstrap', '0_BOOTSTRAP'),
  'leadlight-boot': notify('boot', '1_BOOT'),
  'leadlight-inform': notify('inform', '2_PERIODIC'),
  [deviceSettings]: settings,
};

const on = (event: string, name: string): Omit<Preset, '_id'> => ({ weight: 0, channel: name, precondition: '', events: { [event]: true }, configurations: [{ type: 'provision', name }] });

/** One preset and one channel per event: a failing one blocks nothing else. */
export const presetDocuments: Readonly<Record<string, Omit<Preset, '_id'>>> = {
  'leadlight-bootstrap': on('0 BOOTSTRAP', 'leadlight-bootstrap'),
  'leadlight-boot': on('1 BOOT', 'leadlight-boot'),
  'leadlight-inform': on('2 PERIODIC', 'leadlight-inform'),
};
