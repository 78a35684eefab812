namespace Shop.Monitor;

/// <summary>How a service is, after the latest round.</summary>
/// <param name="State">up: every replica is well; degraded: some are; down: none.</param>
/// <param name="History">The states of the last rounds, oldest first.</param>
internal sealed record ServiceState(
    string Name, string State, DateTimeOffset Since, IReadOnlyList<Replica> Replicas, IReadOnlyList<string> History)
{
    internal const string Up = "up";
    internal const string Degraded = "degraded";
    internal const string Down = "down";

    /// <summary>Share of the remembered rounds in which the service could be used, in percent.</summary>
    public double Availability => History.Count == 0 ? 0 : Math.Round(100.0 * History.Count(state => state != Down) / History.Count, 1);
}
