namespace Argosy.Contract.Containers;

/// <summary>A path changed since the container was made: 0 modified, 1 added, 2 deleted.</summary>
public sealed record FilesystemChange
{
    public string Path { get; set; } = "";

    public int Kind { get; init; }
}
