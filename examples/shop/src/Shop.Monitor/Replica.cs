namespace Shop.Monitor;

/// <summary>One answer of one container of a service.</summary>
/// <param name="Problem">Why it is not well; null when it is.</param>
internal sealed record Replica(string Address, double Milliseconds, string? Problem);
