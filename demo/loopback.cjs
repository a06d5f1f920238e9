// Loaded into the Teams-like client before its own code (node --require). It would listen on every interface and
// may call out; here it listens on 127.0.0.1 only and reaches nothing but this machine.
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
  if (wanted.path === undefined && !LOOPBACK.has(wanted.host ?? "localhost")) {
    process.nextTick(() => this.destroy(new Error(`not this machine: ${wanted.host}`)));
    return this;
  }
  return connect.apply(this, given);
};
