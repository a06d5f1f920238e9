// Loaded into the Teams-like client before its own code (node --require). By itself it listens on every interface, may
// call out, and says of every person that their Teams is in American English. Here it listens on 127.0.0.1 only,
// reaches nothing but this machine, and speaks for a person whose Teams is in CLIENT_LOCALE.
"use strict";
const net = require("node:net");

const LOOPBACK = new Set(["127.0.0.1", "localhost", "::1"]);

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...given) {
  if (typeof given[0] === "object" && given[0] !== null && given[0].port !== undefined) {
    given[0] = { ...given[0], host: "127.0.0.1" };
  } else if (typeof given[0] === "number" || typeof given[0] === "string") {
    given.splice(1, typeof given[1] === "string" ? 1 : 0, "127.0.0.1");
  }
  return listen.apply(this, given);
};

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given) {
  const first = Array.isArray(given[0]) ? given[0][0] : given[0];
  const wanted = typeof first === "object" && first !== null ? first : { port: first, host: given[1] };
  if (!wanted.path && !LOOPBACK.has(wanted.host ?? "localhost")) {
    process.nextTick(() => this.destroy(new Error(`not this machine: ${wanted.host}`)));
    return this;
  }
  return connect.apply(this, given);
};

const locale = process.env.CLIENT_LOCALE;
const stringify = JSON.stringify;
if (locale) {
  JSON.stringify = function (value, ...rest) {
    if (value && value.serviceUrl && value.conversation && value.locale === "en-US") {
      const entities = (value.entities ?? []).map((one) => (one.type === "clientInfo" ? { ...one, locale } : one));
      return stringify.call(JSON, { ...value, locale, entities }, ...rest);
    }
    return stringify.call(JSON, value, ...rest);
  };
}
