// GenieACS extension: copy to the `config/ext/` folder of the ACS host and set LEADLIGHT_HUB_URL and LEADLIGHT_ACS_TOKEN for
// genieacs-cwmp. It is the only place on the ACS that holds the token; scripts call it as ext("leadlight", …).
"use strict";

const TIMEOUT_MS = 2500; // GenieACS gives up after 3 s

function call(method, path, body) {
  const base = (process.env.LEADLIGHT_HUB_URL || "").replace(/\/+$/, "");
  const url = new URL(base + path);
  const text = body ? JSON.stringify(body) : "";
  return new Promise((resolve, reject) => {
    const request = require(url.protocol === "https:" ? "https" : "http").request(
      url,
      { method, timeout: TIMEOUT_MS, headers: { authorization: "Bearer " + (process.env.LEADLIGHT_ACS_TOKEN || ""), "content-type": "application/json", "content-length": Buffer.byteLength(text) } },
      (response) => {
        const parts = [];
        response.on("data", (part) => parts.push(part));
        response.on("error", reject);
        response.on("end", () => resolve({ status: response.statusCode, text: Buffer.concat(parts).toString("utf8") }));
      },
    );
    request.on("timeout", () => request.destroy(new Error("the hub did not answer in time")));
    request.on("error", reject);
    request.end(text);
  });
}

// ext("leadlight", "notify", "<event>", "<json: deviceId, serial, oui, productClass, at, ip?, firmware?>")
// Never fails: a lost event must not block the device. GenieACS calls it more than once per session; the hub keeps one.
exports.notify = function (args, callback) {
  let event;
  try {
    event = Object.assign(JSON.parse(args[1]), { event: args[0] });
  } catch {
    return callback(null, { delivered: false });
  }
  call("POST", "/v1/device-events", event).then(
    (reply) => callback(null, { delivered: reply.status < 300 }),
    () => callback(null, { delivered: false }),
  );
};

// ext("leadlight", "settings", "<serial>") → { wifi?, voip?, vlan? }. Fails loudly: a device without settings is a fault to be seen.
exports.settings = function (args, callback) {
  call("GET", "/v1/devices/" + encodeURIComponent(args[0]) + "/provision").then(
    (reply) => {
      if (reply.status !== 200) return callback(hubError("The hub answered " + reply.status));
      try {
        return callback(null, JSON.parse(reply.text));
      } catch {
        return callback(hubError("The hub's answer is not JSON"));
      }
    },
    (error) => callback(hubError(error.message)),
  );
};

function hubError(message) {
  const error = new Error(message);
  error.name = "HubError";
  return error;
}
