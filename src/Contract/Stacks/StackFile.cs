namespace Argosy.Contract.Stacks;

/// <summary>A secret or config: a file on the host, or content that the client resolved.</summary>
public sealed record StackFile
{
    public required string Name { get; init; }

    /// <summary>Absolute path on the daemon's host.</summary>
    public string? File { get; init; }

    /// <summary>The client's variable that <see cref="Content"/> came from.</summary>
    public string? Environment { get; init; }

    /// <summary>The content itself. Never logged, and not shown for secrets when a stack is read back.</summary>
    public string? Content { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; set; } = new Dictionary<string, string>();
}
