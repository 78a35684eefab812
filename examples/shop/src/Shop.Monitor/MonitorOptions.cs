namespace Shop.Monitor;

/// <summary>What is watched, how often, and how long an answer may take.</summary>
internal sealed record MonitorOptions(IReadOnlyList<Target> Targets, TimeSpan Pause, TimeSpan Timeout);
