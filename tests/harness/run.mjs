// Starting and waiting for other programs, with their words when they fail.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Runs a command to its end; rejects with what it printed unless its exit code is among `allow`. */
export function run(command, args, { input, allow = [0], cwd = root, env, onLine, timeout = 600_000 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    let rest = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), timeout);
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
      if (onLine) {
        const lines = (rest + text).split('\n');
        rest = lines.pop();
        lines.forEach(onLine);
      }
    });
    child.stderr.setEncoding('utf8').on('data', (text) => { err += text; });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (allow === 'any' || allow.includes(code)) resolve({ out, err, code, signal });
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code ?? signal}\n${tail(out)}\n${tail(err)}`));
    });
    // A child that ends without reading its input is judged by its exit code.
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
  });
}

/** Starts a server and waits for the first line of its output that `ready` accepts. */
export function serve(command, args, ready, { cwd = root, env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (part) => {
      text += part;
      const found = ready(text);
      if (found) resolve({ child, found });
    });
    child.stderr.setEncoding('utf8').on('data', (part) => { err += part; });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${command} ended with ${code} before it was ready\n${tail(err)}`)));
  });
}

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const tail = (text) => text.split('\n').slice(-40).join('\n');
