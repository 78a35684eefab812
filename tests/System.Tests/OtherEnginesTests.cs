using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>Docker and podman on the same host: whoever starts, restarts or ends, the others' containers reach out and are reached.</summary>
[Trait("Needs", "Root")]
[Trait("Kind", "Long")]
public sealed class OtherEnginesTests
{
    private const int Ours = 8081, Dockers = 8082, Podmans = 8083;

    [SharedHostFact]
    public async Task Neither_of_three_engines_disturbs_the_others_containers()
    {
        await using SharedHost host = await SharedHost.StartAsync();
        await host.RunInDockerAsync(Dockers);
        await host.RunInPodmanAsync(Podmans);
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync(new PrivateDaemonOptions { Through = host.Through });
        string web = await daemon.Api.RunAsync(Containers.Script("echo argosy > /tmp/index.html; exec httpd -f -p 80 -h /tmp").Publish(80, Ours));
        string bridge = (string)(await daemon.Api.GetAsync("networks/bridge"))["Options"]!["com.docker.network.bridge.name"]!;
        await host.LetPassAsync(bridge.Split('-')[0] + "+", "cni-podman0");

        async Task AllAsync(string after, bool docker = true, bool podman = true)
        {
            await ForAsync(host, "argosy/argosy", () => host.AskAsync(Ours), after);
            await ForAsync(host, "outside", async () => (await daemon.Api.ExecAsync(web, "timeout", "3", "wget", "-q", "-O", "-", "http://198.18.0.2:7000/")).Output.Trim(), after);
            if (docker)
            {
                await ForAsync(host, "docker/docker", () => host.AskAsync(Dockers), after);
                await ForAsync(host, "outside", host.FromDockerAsync, after);
            }
            if (podman)
            {
                await ForAsync(host, "podman/podman", () => host.AskAsync(Podmans), after);
                await ForAsync(host, "outside", host.FromPodmanAsync, after);
            }
        }

        await AllAsync("all were started");
        await daemon.KillAsync();
        await daemon.StartAgainAsync();
        await AllAsync("argosyd was killed and came back");
        await host.StopDockerAsync();
        await AllAsync("dockerd ended", docker: false);
        await host.StartDockerAsync();
        await host.StartInDockerAsync();
        await AllAsync("dockerd came back");
        await host.RestartInPodmanAsync();
        await AllAsync("podman's container was restarted");
        await daemon.Api.SendAsync(HttpMethod.Post, $"containers/{web}/restart?t=0");
        await AllAsync("our container was restarted");
        await host.RemoveFromPodmanAsync();
        await AllAsync("podman's container was removed", podman: false);
        await daemon.Api.RemoveAsync(web);
        await daemon.StopAsync();
        await ForAsync(host, "docker/docker", () => host.AskAsync(Dockers), "argosyd ended");
        await ForAsync(host, "outside", host.FromDockerAsync, "argosyd ended");
    }

    private static async Task ForAsync(SharedHost host, string expected, Func<Task<string>> read, string after)
    {
        try
        {
            await Poll.ForAsync(expected, read);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"after {after}: {exception.Message}\n{await host.DescribeAsync()}", exception);
        }
    }
}
