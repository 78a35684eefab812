namespace Shop.Monitor;

/// <summary>The latest state of every service. One writer, the watch; a reader gets a snapshot.</summary>
internal sealed class Board(MonitorOptions options, TimeProvider time)
{
    private const int Remembered = 60;
    private volatile StatusReport report = new(ServiceState.Down, time.GetUtcNow(), [.. options.Targets.Select(target =>
        new ServiceState(target.Name, ServiceState.Down, time.GetUtcNow(), [], []))]);

    internal StatusReport Report => report;

    /// <summary>Enters a round: the answers of each service's replicas.</summary>
    /// <returns>The services whose state has changed.</returns>
    internal IReadOnlyList<ServiceState> Enter(IReadOnlyDictionary<string, IReadOnlyList<Replica>> round)
    {
        var now = time.GetUtcNow();
        var before = report.Services;
        ServiceState[] after = [.. before.Select(service => Advance(service, round[service.Name], now))];
        report = new StatusReport(Worst(after), now, after);
        return [.. after.Where((service, i) => service.State != before[i].State)];
    }

    private static ServiceState Advance(ServiceState before, IReadOnlyList<Replica> replicas, DateTimeOffset now)
    {
        string state = StateOf(replicas);
        return before with
        {
            State = state,
            Since = state == before.State ? before.Since : now,
            Replicas = replicas,
            History = [.. before.History.TakeLast(Remembered - 1), state],
        };
    }

    private static string StateOf(IReadOnlyList<Replica> replicas)
    {
        int well = replicas.Count(replica => replica.Problem is null);
        return well == 0 ? ServiceState.Down : well == replicas.Count ? ServiceState.Up : ServiceState.Degraded;
    }

    private static string Worst(IReadOnlyList<ServiceState> services) =>
        services.Any(service => service.State == ServiceState.Down) ? ServiceState.Down
        : services.Any(service => service.State == ServiceState.Degraded) ? ServiceState.Degraded
        : ServiceState.Up;
}
