namespace Argosy.Contract.Containers;

/// <summary>A resource limit of setrlimit(2); -1 is unlimited.</summary>
public sealed record Ulimit
{
    public string Name { get; set; } = "";

    public long Hard { get; init; }

    public long Soft { get; init; }
}
