namespace Argosy.Contract.Containers;

/// <summary>A block device and its relative I/O weight.</summary>
public sealed record WeightDevice
{
    public string Path { get; set; } = "";

    public int Weight { get; init; }
}
