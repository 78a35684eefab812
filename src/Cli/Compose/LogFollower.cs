using System.Globalization;
using Argosy.Cli.Session;
using Argosy.Client;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Compose;

/// <summary>Prints the logs of several containers, each line behind the name of its service and number, in colours on a terminal.</summary>
internal sealed class LogFollower(CliSession session, bool hasPrefix, bool hasColour) : IDisposable
{
    private static readonly int[] Colours = [36, 33, 32, 35, 34, 96, 93, 92, 95, 94];
    private readonly SemaphoreSlim gate = new(1, 1);

    public void Dispose() => gate.Dispose();

    /// <summary>All of them at once; ends when every stream has.</summary>
    public Task PrintAsync(IReadOnlyList<ContainerSummary> containers, LogsOptions options, CancellationToken cancellationToken)
    {
        int width = containers.Max(container => Title(container).Length);
        return Task.WhenAll(containers.Select((container, index) => PrintOneAsync(container.Id, Prefix(container, index, width), options, cancellationToken)));
    }

    /// <summary>Like <see cref="PrintAsync"/>, over restarts; says with which code each ended, and ends when all have.</summary>
    public Task FollowToTheEndAsync(IReadOnlyList<ContainerSummary> containers, DateTimeOffset since, CancellationToken cancellationToken)
    {
        int width = containers.Max(container => Title(container).Length);
        return Task.WhenAll(containers.Select((container, index) => FollowOneAsync(container, Prefix(container, index, width), since, cancellationToken)));
    }

    private async Task FollowOneAsync(ContainerSummary container, string prefix, DateTimeOffset since, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<ContainerWaitResponse> end = session.Client.Containers.WaitAsync(container.Id, "not-running", null, cancellationToken);
            await PrintOneAsync(container.Id, prefix, new LogsOptions { Follow = true, Since = Seconds(since) }, cancellationToken);
            since = session.Clock.GetUtcNow();
            ContainerWaitResponse response = await end;
            await session.Out.WriteLineAsync($"{Title(container)} exited with code {response.StatusCode}");
            ContainerInspect now = await session.Client.Containers.InspectAsync(container.Id, cancellationToken: cancellationToken);
            if (now.State is not { Running: true } and not { Restarting: true })
                return;
        }
    }

    private async Task PrintOneAsync(string id, string prefix, LogsOptions options, CancellationToken cancellationToken)
    {
        ContainerInspect container = await session.Client.Containers.InspectAsync(id, cancellationToken: cancellationToken);
        await using Stream logs = await session.Client.Containers.LogsAsync(id, options, cancellationToken);
        await using var output = new LinePrefixStream(session.Out, gate, prefix);
        await using var error = new LinePrefixStream(session.Out, gate, prefix);
        if (container.Config?.Tty ?? false)
            await logs.CopyToAsync(output, cancellationToken);
        else
            await StdcopyReader.CopyAsync(logs, output, error, cancellationToken);
        await output.FlushAsync(cancellationToken);
        await error.FlushAsync(cancellationToken);
    }

    private string Prefix(ContainerSummary container, int index, int width)
    {
        if (!hasPrefix)
            return "";
        string text = Title(container).PadRight(width) + "  | ";
        return hasColour ? $"\u001b[{Colours[index % Colours.Length]}m{text}\u001b[0m" : text;
    }

    private static string Title(ContainerSummary container) => ComposeContainers.Number(container) is > 0 and var number
        ? $"{ComposeContainers.Service(container)}-{number}"
        : ComposeContainers.Name(container);

    private static string Seconds(DateTimeOffset time) => (time.ToUnixTimeMilliseconds() / 1000m).ToString("0.000", CultureInfo.InvariantCulture);
}
