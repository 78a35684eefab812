using Argosy.Core;
using Microsoft.Extensions.Hosting;

namespace Argosy.Networks.Tests;

/// <summary>Removes the daemon's table after it was written and before anybody watches it.</summary>
internal sealed class FirewallVandal(DaemonPaths paths) : IHostedService
{
    internal int Code { get; private set; } = -1;

    public async Task StartAsync(CancellationToken cancellationToken) =>
        Code = (await Shell.RunAsync("nft", "delete", "table", "inet", paths.InstanceName)).Code;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
