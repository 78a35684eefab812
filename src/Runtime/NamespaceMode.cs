namespace Argosy.Runtime;

/// <summary>Which namespace of one kind a container gets.</summary>
public sealed record NamespaceMode
{
    private NamespaceMode(string? path, bool isHost) => (Path, IsHost) = (path, isHost);

    /// <summary>One of its own.</summary>
    public static NamespaceMode Private { get; } = new(null, false);

    /// <summary>The host's.</summary>
    public static NamespaceMode Host { get; } = new(null, true);

    /// <summary>The file to join (<c>/proc/&lt;pid&gt;/ns/ipc</c>); null for a private or the host's one.</summary>
    public string? Path { get; }

    public bool IsHost { get; }

    /// <summary>An existing one, such as another container's.</summary>
    public static NamespaceMode Join(string path) => new(path, false);
}
