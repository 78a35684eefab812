namespace Argosy.Contract.Containers;

/// <summary>A block device and a rate: bytes or operations per second.</summary>
public sealed record ThrottleDevice
{
    public string Path { get; set; } = "";

    public ulong Rate { get; init; }
}
