// Runs in the worker: one engine, one request after the other.
import {open} from '../engine.mjs';

let engine = null;

self.onmessage = ({data}) => {
  if (data.module) {
    engine = open(data.module, data.book, rows => self.postMessage({rows}));
    return;
  }
  const answer = engine.ask(data.args, data.files, data.language);
  self.postMessage({id: data.id, answer: {...answer, text: new TextDecoder().decode(answer.bytes)}});
};
