namespace Argosy.Contract.Stacks;

/// <summary>One line of the list of stacks.</summary>
public sealed record StackSummary
{
    public required string Name { get; init; }

    /// <summary>As Docker Compose writes it: <c>running(3), exited(1)</c>.</summary>
    public required string Status { get; init; }

    /// <summary><c>up</c> or <c>stopped</c>: what the daemon keeps true; null for a project that it does not keep (Docker Compose made it).</summary>
    public string? Goal { get; init; }

    public IReadOnlyList<string> ConfigFiles { get; set; } = [];
}
