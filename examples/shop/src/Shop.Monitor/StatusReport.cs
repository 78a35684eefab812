namespace Shop.Monitor;

/// <summary>How the shop is.</summary>
/// <param name="State">The worst state of all services.</param>
internal sealed record StatusReport(string State, DateTimeOffset CheckedAt, IReadOnlyList<ServiceState> Services);
