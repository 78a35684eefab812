namespace Argosy.Contract.Containers;

/// <summary>The storage driver and its data about one container or image.</summary>
public sealed record DriverData
{
    public IReadOnlyDictionary<string, string>? Data { get; init; }

    public string Name { get; set; } = "";
}
