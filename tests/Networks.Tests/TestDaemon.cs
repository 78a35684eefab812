using System.Net;
using Argosy.Core;
using Argosy.Networks.Companions;
using Argosy.Networks.Relay;
using Argosy.Store;
using Argosy.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Argosy.Networks.Tests;

/// <summary>The network part of a private daemon with its own roots and names; it leaves nothing on the host.</summary>
internal sealed class TestDaemon : IAsyncDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("argosy-net-");
    private readonly string instance;
    private readonly InProcessCompanion relay;
    private ServiceProvider provider = null!;
    private readonly Action<IServiceCollection>? more;
    private NetworksOptions options;

    private TestDaemon(string? instance, NetworksOptions? options, Action<IServiceCollection>? more)
    {
        (this.instance, this.options, this.more) = (instance ?? "t" + RandomId.Next()[..6], options ?? OwnAddresses(), more);
        relay = new InProcessCompanion(ending => RelayProgram.RunAsync(Paths, CompanionKind.Version, _ => { }, NullLogger.Instance, ending));
    }

    /// <summary>Its relay, which outlives it as a process would.</summary>
    internal InProcessCompanion Relay => relay;

    internal NetworkManager Networks => provider.GetRequiredService<NetworkManager>();

    internal SandboxDirectory Sandboxes => provider.GetRequiredService<SandboxDirectory>();

    internal string Instance => instance;

    internal DaemonPaths Paths => new(Path.Combine(root.FullName, "data"), Path.Combine(root.FullName, "run"), instance);

    /// <summary>Two daemons that look for free addresses at the same moment may find the same: here each has its own.</summary>
    internal static NetworksOptions OwnAddresses()
    {
        int second = AddressRange.Next();
        return new NetworksOptions { DefaultBridgeAddress = $"10.{second}.0.1/24", AddressPools = [new AddressPool(IPNetwork.Parse($"10.{second}.128.0/17"), 24)] };
    }

    /// <param name="options">Null: <see cref="OwnAddresses"/>.</param>
    /// <param name="more">Services beside the network part's.</param>
    /// <param name="instance">Null: a name that no other daemon has.</param>
    internal static async Task<TestDaemon> StartAsync(NetworksOptions? options = null, Action<IServiceCollection>? more = null, string? instance = null)
    {
        var daemon = new TestDaemon(instance, options, more);
        await daemon.BeginAsync([]);
        return daemon;
    }

    /// <summary>Starts again with what the state database and the kernel hold.</summary>
    internal async Task RestartAsync(IReadOnlyCollection<ContainerId> running, Func<NetworksOptions, NetworksOptions>? change = null)
    {
        await EndAsync(graceful: false);
        options = change?.Invoke(options) ?? options;
        await BeginAsync(running);
    }

    internal static SandboxSpec Spec(string name, IReadOnlyList<NetworkRecord> networks, params PortBindingSpec[] ports) => new()
    {
        Container = ContainerId.New(),
        ContainerName = name,
        Hostname = "",
        Endpoints = [.. networks.Select(network => new EndpointSpec { Network = network.Id })],
        Ports = ports,
    };

    public async ValueTask DisposeAsync()
    {
        foreach (Sandbox sandbox in Sandboxes.All.ToArray())
            await Networks.TearDownAsync(sandbox.Container);
        await EndAsync(graceful: true);
        int alive = relay.Alive;
        await relay.EndAllAsync();
        Assert.Equal(0, alive);
        root.Delete(recursive: true);
    }

    private async Task BeginAsync(IReadOnlyCollection<ContainerId> running)
    {
        var services = new ServiceCollection();
        services.AddKeyedSingleton<ICompanionStarter>(RelayProgram.Verb, relay);
        more?.Invoke(services);
        provider = services
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddConsole())
            .AddSingleton(Paths)
            .AddSingleton(_ => StateStore.Open(Paths.Database))
            .AddNetworks(options)
            .BuildServiceProvider();
        await Networks.ReconcileAsync(running, default);
        foreach (IHostedService service in provider.GetServices<IHostedService>())
            await service.StartAsync(default);
    }

    /// <summary>Not graceful: as after kill -9, hosted services do not get to tidy up.</summary>
    private async Task EndAsync(bool graceful)
    {
        if (graceful)
            foreach (IHostedService service in provider.GetServices<IHostedService>().Reverse())
                await service.StopAsync(default);
        await provider.DisposeAsync();
    }
}
