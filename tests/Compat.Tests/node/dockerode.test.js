// dockerode: what programs for Node use to talk to an engine. DOCKER_HOST says which.
import assert from 'node:assert/strict';
import { PassThrough, Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { test } from 'node:test';
import Docker from 'dockerode';
import tar from 'tar-stream';

const docker = new Docker({ socketPath: process.env.DOCKER_HOST.replace('unix://', '') });

async function run(script, options = {}) {
  const container = await docker.createContainer({ Image: 'busybox', Cmd: ['sh', '-c', script], ...options });
  await container.start();
  return container;
}

// Both streams of a multiplexed one, to its end.
async function demultiplex(stream) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  docker.modem.demuxStream(stream, out, err);
  stream.on('end', () => { out.end(); err.end(); });
  stream.on('close', () => { out.end(); err.end(); });
  return Promise.all([text(out), text(err)]);
}

function archive(files) {
  const pack = tar.pack();
  for (const [name, content] of Object.entries(files)) pack.entry({ name }, content);
  pack.finalize();
  return pack;
}

async function unpack(stream) {
  const files = {};
  const extract = tar.extract();
  extract.on('entry', async (header, content, next) => { files[header.name] = await text(content); next(); });
  await new Promise((resolve, reject) => stream.pipe(extract).on('finish', resolve).on('error', reject));
  return files;
}

test('containers from create to remove', async () => {
  const container = await docker.createContainer({ name: 'node-life', Image: 'busybox', Cmd: ['sleep', '1000'], Labels: { suite: 'node' }, HostConfig: { Memory: 64 << 20 } });
  await container.start();
  await assert.rejects(container.start(), { statusCode: 304 });
  assert.deepEqual((await docker.listContainers({ filters: { label: ['suite=node'] } })).map(c => [c.Id, c.Names[0], c.State]), [[container.id, '/node-life', 'running']]);
  assert.equal((await container.inspect()).HostConfig.Memory, 64 << 20);
  assert.match(JSON.stringify((await container.top()).Processes), /sleep/);
  await container.pause();
  assert.equal((await container.inspect()).State.Status, 'paused');
  await container.unpause();
  await container.rename({ name: 'node-renamed' });
  await container.update({ Memory: 96 << 20, MemorySwap: -1 });
  await container.restart({ t: 0 });
  const waiting = container.wait();
  await container.kill({ signal: 'SIGKILL' });
  assert.equal((await waiting).StatusCode, 137);
  await container.remove();
  await assert.rejects(container.inspect(), { statusCode: 404, reason: 'no such container' });
  await assert.rejects(docker.createContainer({ Image: 'absent:1' }), { statusCode: 404 });
});

test('docker.run with its output and exit code', async () => {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const [result, container] = await docker.run('busybox', ['sh', '-c', 'echo out; echo err >&2; exit 3'], [out, err], { Tty: false });
  out.end(); err.end();
  assert.deepEqual([result.StatusCode, await text(out), await text(err)], [3, 'out\n', 'err\n']);
  await container.remove();
});

test('attach with input, on a hijacked connection', async () => {
  const container = await docker.createContainer({ Image: 'busybox', Cmd: ['sh', '-c', 'read a; echo got $a; exit 4'], OpenStdin: true, StdinOnce: true, AttachStdin: true, AttachStdout: true });
  const stream = await container.attach({ stream: true, hijack: true, stdin: true, stdout: true, stderr: true });
  await container.start();
  stream.write('words\n');
  stream.end();
  assert.deepEqual(await demultiplex(stream), ['got words\n', '']);
  assert.equal((await container.wait()).StatusCode, 4);
  await container.remove();
});

test('a terminal, resized', async () => {
  const container = await docker.createContainer({ Image: 'busybox', Cmd: ['sh', '-c', 'read a; stty size'], Tty: true, OpenStdin: true, AttachStdin: true, AttachStdout: true });
  const stream = await container.attach({ stream: true, hijack: true, stdin: true, stdout: true });
  await container.start();
  await container.resize({ h: 33, w: 77 });
  stream.write('\n');
  assert.match(await text(stream), /33 77/);
  await container.remove({ force: true });
});

test('exec with input, output and exit code', async () => {
  const container = await run('sleep 1000');
  const exec = await container.exec({ Cmd: ['sh', '-c', 'cat; echo $WHO >&2; exit 7'], Env: ['WHO=exec'], AttachStdin: true, AttachStdout: true, AttachStderr: true });
  const stream = await exec.start({ hijack: true, stdin: true });
  stream.end('in\n');
  assert.deepEqual(await demultiplex(stream), ['in\n', 'exec\n']);
  const { ExitCode, Running } = await exec.inspect();
  assert.deepEqual([ExitCode, Running], [7, false]);
  await container.remove({ force: true });
});

test('logs at once and followed', async () => {
  const container = await run('echo one; sleep 0.3; echo two >&2');
  assert.deepEqual(await demultiplex(await container.logs({ follow: true, stdout: true, stderr: true })), ['one\n', 'two\n']);
  assert.match((await container.logs({ stdout: true, timestamps: true })).toString(), /\d{4}-\d\d-\d\dT\S+Z one\n/);
  await container.remove();
});

test('stats, changes, archives both ways and export', async () => {
  const container = await run('sleep 1000');
  const stats = await container.stats({ stream: false });
  assert.ok(stats.memory_stats.usage > 0 && stats.pids_stats.current === 1 && stats.networks.eth0);
  await container.putArchive(archive({ 'a.txt': 'given', '/b.txt': 'absolute' }), { path: '/root' });
  assert.deepEqual(await unpack(await container.getArchive({ path: '/root/a.txt' })), { 'a.txt': 'given' });
  assert.deepEqual(await unpack(await container.getArchive({ path: '/root/b.txt' })), { 'b.txt': 'absolute' });
  assert.ok((await container.changes()).some(change => change.Path === '/root/a.txt' && change.Kind === 1));
  assert.equal((await unpack(await container.export()))['root/a.txt'], 'given');
  await container.remove({ force: true });
});

test('build, tag, history, save and load', async () => {
  const output = await docker.buildImage(archive({ Dockerfile: 'FROM busybox\nARG WHAT\nRUN echo building $WHAT\n' }), { t: 'node-built:1', buildargs: { WHAT: 'things' } });
  const steps = await new Promise((resolve, reject) => docker.modem.followProgress(output, (error, all) => error ? reject(error) : resolve(all)));
  assert.ok(steps.some(step => step.stream?.includes('building things')));
  const image = docker.getImage('node-built:1');
  await image.tag({ repo: 'node-built', tag: '2' });
  const id = (await image.inspect()).Id;
  assert.ok((await image.history()).length > 1);
  const saved = await buffer(await image.get());
  await image.remove();
  await docker.getImage('node-built:2').remove();
  await new Promise(async (resolve, reject) => docker.modem.followProgress(await docker.loadImage(Readable.from([saved])), error => error ? reject(error) : resolve()));
  assert.equal((await image.inspect()).Id, id);
  await image.remove();
});

test('a failing build tells its error in the stream', async () => {
  const output = await docker.buildImage(archive({ Dockerfile: 'FROM busybox\nRUN exit 9\n' }), { t: 'node-failed' });
  const error = await new Promise(resolve => docker.modem.followProgress(output, (failed, all) => resolve(failed ?? all.find(step => step.error))));
  assert.match(error.message ?? error.error, /returned a non-zero code: 9/);
});

test('networks and volumes', async () => {
  const network = await docker.createNetwork({ Name: 'node-net', Labels: { suite: 'node' } });
  const volume = await docker.createVolume({ Name: 'node-volume', Labels: { suite: 'node' } });
  const server = await run('echo served > /www/page; exec httpd -f -p 80 -h /www', { HostConfig: { NetworkMode: 'node-net', Binds: ['node-volume:/www'] }, NetworkingConfig: { EndpointsConfig: { 'node-net': { Aliases: ['server'] } } } });
  const [out] = [new PassThrough()];
  const [result, client] = await docker.run('busybox', ['sh', '-c', 'for i in $(seq 100); do wget -q -O - http://server/page && exit; sleep 0.1; done; exit 1'], out, { HostConfig: { NetworkMode: 'node-net' } });
  out.end();
  assert.deepEqual([result.StatusCode, (await text(out)).trim()], [0, 'served']);
  assert.deepEqual(Object.keys((await network.inspect()).Containers), [server.id]);
  await Promise.all([server.remove({ force: true }), client.remove()]);
  assert.deepEqual((await docker.listVolumes({ filters: { label: ['suite=node'] } })).Volumes.map(v => v.Name), ['node-volume']);
  await volume.remove();
  await network.remove();
  await assert.rejects(network.inspect(), { statusCode: 404 });
});

test('events as they come', async () => {
  const stream = await docker.getEvents({ filters: { container: ['node-noted'] } });
  const seen = [];
  stream.on('data', line => seen.push(...line.toString().trim().split('\n').map(each => JSON.parse(each).Action)));
  const container = await run('exit 3', { name: 'node-noted' });
  await container.wait();
  await container.remove();
  while (!seen.includes('destroy')) await new Promise(resolve => setTimeout(resolve, 20));
  stream.destroy();
  for (const action of ['create', 'start', 'die', 'destroy']) assert.ok(seen.includes(action), `${action} in ${seen}`);
});

test('ping, version, info and disk usage', async () => {
  assert.equal((await docker.ping()).toString(), 'OK');
  assert.equal((await docker.version()).Os, 'linux');
  assert.equal((await docker.info()).OSType, 'linux');
  assert.ok(Array.isArray((await docker.df()).Images));
});
