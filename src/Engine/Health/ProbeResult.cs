namespace Argosy.Engine.Health;

/// <summary>One probe (Engine API, HealthcheckResult).</summary>
/// <param name="ExitCode">The command's own, 0 is healthy; -1 when it timed out or could not be run.</param>
/// <param name="Output">At most 4 KiB.</param>
public sealed record ProbeResult(DateTimeOffset Start, DateTimeOffset End, int ExitCode, string Output);
