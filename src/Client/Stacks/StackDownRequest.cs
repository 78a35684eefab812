namespace Argosy.Client;

/// <summary>How to take a stack down.</summary>
public sealed record StackDownRequest
{
    /// <summary>Named volumes of the stack too.</summary>
    public bool Volumes { get; init; }

    /// <summary><c>local</c> or <c>all</c>: images too.</summary>
    public string? RemoveImages { get; init; }

    public bool RemoveOrphans { get; init; }

    /// <summary>Only these; networks and volumes stay.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Services that the files have although the stack may not.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    /// <summary>Seconds that containers get to stop.</summary>
    public int? Timeout { get; init; }
}
