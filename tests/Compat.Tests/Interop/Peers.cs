using Argosy.CompatTests.Engines;
using Argosy.Testing;

namespace Argosy.CompatTests.Interop;

/// <summary>The programs that images go to and come from: each lists what /data of an image is once it is there.</summary>
internal sealed class Peers(string work) : IAsyncDisposable
{
    // Storage of its own: nothing of the host's podman is seen or left.
    private readonly string podman = $"podman --root {work}/storage --runroot {work}/runroot --storage-driver overlay --events-backend none";

    /// <summary>A Docker engine: in a container that runs.</summary>
    internal static async Task<string> ListInEngineAsync(IEngine engine, string image)
    {
        string id = await DockerAsync(engine, $"docker run -d {image} /bin/sleep 1000");
        string pid = await DockerAsync(engine, $"docker inspect --format '{{{{.State.Pid}}}}' {id}");
        string list = await OddTree.ListAsync($"/proc/{pid}/root/data");
        await DockerAsync(engine, $"docker rm -f {id}");
        return list;
    }

    /// <summary>A Docker engine makes the image of two layers and pushes it.</summary>
    internal static async Task PushFromEngineAsync(IEngine engine, string directory, string image)
    {
        await DockerAsync(engine, $"docker import {directory}/tree.tar odd:base");
        await DockerAsync(engine, $"printf '%s\\n' 'FROM odd:base' \"RUN {OddTree.Changes}\" | docker build -t {image} - && docker push -q {image}");
    }

    internal static async Task<string> DockerAsync(IEngine engine, string script) =>
        (await engine.RunAsync("/bin/sh", ["-c", script], environment: new Dictionary<string, string?> { ["DOCKER_BUILDKIT"] = "0" })).Succeeded().Trim();

    internal async Task PushFromPodmanAsync(string image) => await Shell.ShAsync($$"""
        set -e
        {{podman}} import {{work}}/tree.tar odd:base
        printf '%s\n' 'FROM odd:base' "RUN {{OddTree.Changes}}" > {{work}}/Containerfile
        {{podman}} build --isolation chroot --network host --pull-never -t {{image}} -f {{work}}/Containerfile {{work}}
        {{podman}} push --tls-verify=false {{image}}
        """, TimeSpan.FromMinutes(2));

    /// <summary>What podman has of an image: pulled anew.</summary>
    internal async Task<string> ListInPodmanAsync(string image)
    {
        string directory = await Shell.ShAsync($$"""
            set -e
            {{podman}} rmi -f {{image}} > {{work}}/rmi 2>&1 || true
            {{podman}} pull -q --tls-verify=false {{image}} > {{work}}/pull
            {{podman}} mount $({{podman}} create {{image}} /bin/sh)
            """, TimeSpan.FromMinutes(2));
        return await OddTree.ListAsync($"{directory.Trim()}/data");
    }

    /// <summary>umoci makes the image of two layers, skopeo pushes it.</summary>
    internal async Task PushFromUmociAsync(string image) => await Shell.ShAsync($$"""
        set -e
        cd {{work}}
        umoci init --layout made && umoci new --image made:odd
        umoci unpack --image made:odd first
        tar --xattrs --xattrs-include='*' --numeric-owner -xpf tree.tar -C first/rootfs
        umoci repack --image made:odd first
        umoci unpack --image made:odd second
        chroot second/rootfs /bin/sh -c "{{OddTree.Changes}}"
        umoci repack --image made:odd second
        skopeo copy -q --dest-tls-verify=false oci:made:odd docker://{{image}}
        """);

    /// <summary>What umoci unpacks of an image that skopeo fetched.</summary>
    internal async Task<string> ListInUmociAsync(string image)
    {
        string name = Path.GetRandomFileName();
        await Shell.ShAsync($$"""
            set -e
            cd {{work}}
            skopeo copy -q --src-tls-verify=false docker://{{image}} oci:{{name}}:odd
            umoci unpack --image {{name}}:odd {{name}}.bundle
            """);
        return await OddTree.ListAsync($"{work}/{name}.bundle/rootfs/data");
    }

    public async ValueTask DisposeAsync() =>
        await Shell.ShAsync($"[ ! -d {work}/storage ] || {podman} rm -af > {work}/rm 2>&1; for m in $(grep -o ' {work}/[^ ]*' /proc/mounts | sort -r); do umount $m; done; rm -rf {work}");
}
